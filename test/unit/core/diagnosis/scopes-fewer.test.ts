import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf } from './diagnosis-fixture.ts'

const context = contextOf({ flow: { outcome: 'succeeded' } })
const checked = (which: string, found: string[], result: string) =>
  eventsOf({ kind: 'check', which, expected: ['read', 'write'], found, result })

it('scopes-fewer: names what is missing in the answer, or in what the API reports', () => {
  const found = diagnosisBy('scopes-fewer', checked('scope', ['read'], 'failed'), context)
  expect(found?.weight).toBe('odd')
  expect(found?.evidence.map(({ name, value }) => [name, value])).toEqual([
    ['asked for', 'read write'],
    ['granted', 'read'],
  ])
  const reported = diagnosisBy('scopes-fewer', checked('reported_scope', ['write'], 'failed'), context)
  expect(reported?.title).toContain('read')
})

it('scopes-fewer: says nothing where all were granted', () => {
  expect(diagnosisBy('scopes-fewer', checked('scope', ['read', 'write'], 'passed'), context)).toBeUndefined()
  // A service that takes `*` grants what it likes.
  const all = { kind: 'check', which: 'scope', expected: ['*'], found: ['read'], result: 'failed' }
  expect(diagnosisBy('scopes-fewer', eventsOf(all), context)).toBeUndefined()
})
