import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf } from './diagnosis-fixture.ts'

const check = (result: string, reason: string | null = 'different') => ({
  ...{ kind: 'check', which: 'account', expected: 'Ada', found: 'Alice' },
  ...{ result, reason },
})

it('another-account: shows what was expected and what came', () => {
  const found = diagnosisBy('another-account', eventsOf(check('failed')))
  expect(found?.weight).toBe('cause')
  expect(found?.evidence.map(({ value }) => value)).toEqual(['Ada', 'Alice'])
  expect(found?.actions).toEqual([{ action: 'reconnect', connectionId: null, changes: {} }])
})

it('another-account: is odd where the flow went on', () => {
  const succeeded = contextOf({ flow: { outcome: 'succeeded' } })
  expect(diagnosisBy('another-account', eventsOf(check('failed')), succeeded)?.weight).toBe('odd')
})

it('another-account: says nothing where the check passed', () => {
  expect(diagnosisBy('another-account', eventsOf(check('passed', null)))).toBeUndefined()
})
