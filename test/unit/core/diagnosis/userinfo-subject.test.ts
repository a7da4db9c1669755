import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf } from './diagnosis-fixture.ts'

const check = (result: string, reason: string | null = 'different') => ({
  ...{ kind: 'check', which: 'userinfo_subject', expected: '1', found: '2' },
  ...{ result, reason },
})

it('userinfo-subject: shows what was expected and what came', () => {
  const found = diagnosisBy('userinfo-subject', eventsOf(check('failed')))
  expect(found?.weight).toBe('cause')
  expect(found?.evidence.map(({ value }) => value)).toEqual(['1', '2'])
})

it('userinfo-subject: is odd where the flow went on', () => {
  const succeeded = contextOf({ flow: { outcome: 'succeeded' } })
  expect(diagnosisBy('userinfo-subject', eventsOf(check('failed')), succeeded)?.weight).toBe('odd')
})

it('userinfo-subject: says nothing where the check passed', () => {
  expect(diagnosisBy('userinfo-subject', eventsOf(check('passed', null)))).toBeUndefined()
})
