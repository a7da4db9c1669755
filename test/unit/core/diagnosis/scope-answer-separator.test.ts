import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf } from './diagnosis-fixture.ts'

const context = contextOf({ flow: { outcome: 'succeeded' } })
const granted = (found: string[]) =>
  eventsOf({ kind: 'check', which: 'scope', expected: ['repo', 'user'], found, result: 'failed', reason: 'missing' })

it('scope-answer-separator: shows what was read as one scope', () => {
  const found = diagnosisBy('scope-answer-separator', granted(['repo,user']), context)
  expect(found?.evidence[0]).toMatchObject({ value: 'repo,user', marked: [4, 5] })
  expect(diagnosisBy('scopes-fewer', granted(['repo,user']), context)).toBeUndefined()
})

it('scope-answer-separator: says nothing where fewer were granted', () => {
  expect(diagnosisBy('scope-answer-separator', granted(['repo']), context)).toBeUndefined()
})
