import { beforeEach, describe, expect, it } from 'vitest'
import { documentOf, drafts, isChanged, textProblem } from '../../../../renderer/describe/draft.ts'

const begin = () =>
  drafts
    .getState()
    .begin({ kind: 'new', serviceId: null, document: { id: '', name: 'X', odd: [1] }, source: '', notes: [] })
const draft = () => {
  const { draft: now } = drafts.getState()
  if (!now) throw new Error('no draft')
  return now
}

describe('a description that is being written', () => {
  beforeEach(begin)

  it('is unchanged until something differs from its beginning', () => {
    expect(isChanged(draft())).toBe(false)
    drafts.getState().set('name', 'Y')
    expect(isChanged(draft())).toBe(true)
    drafts.getState().set('name', 'X')
    expect(isChanged(draft())).toBe(false)
  })

  it('goes from the form to its text and back without losing what the form does not show', () => {
    drafts.getState().showText()
    drafts.getState().write(String(draft().text).replace('"X"', '"Z"'))
    drafts.getState().showForm()
    expect(documentOf(draft())).toEqual({ id: '', name: 'Z', odd: [1] })
  })

  it('keeps a text that is no JSON, and is no document meanwhile', () => {
    drafts.getState().showText()
    drafts.getState().write('{ "id": ')
    expect(documentOf(draft())).toBeNull()
    expect(isChanged(draft())).toBe(true)
    expect(textProblem('{ "id": ')).not.toBeNull()
    expect(textProblem('[1]')).toBe('A description is a JSON object.')
    expect(textProblem('{}')).toBeNull()
  })

  it('forgets what was wrong with a member when it is changed', () => {
    drafts.getState().setIssues([
      { path: 'name', message: 'too long' },
      { path: 'endpoints.token', message: 'no address' },
    ])
    drafts.getState().set('endpoints', { token: '/t' })
    expect(draft().issues).toEqual([{ path: 'name', message: 'too long' }])
  })
})
