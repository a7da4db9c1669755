import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf, exchange } from './diagnosis-fixture.ts'

const check = (result: string) => ({
  kind: 'check',
  which: 'id_token_not_before',
  found: 600,
  result,
  reason: 'not_yet',
})

it('id-token-not-yet-valid: tells nbf, which forbids it, from iat, which is odd', () => {
  const forbidden = diagnosisBy('id-token-not-yet-valid', eventsOf(check('failed')))
  expect([forbidden?.weight, forbidden?.evidence[0]?.name]).toEqual(['cause', 'nbf'])
  const issued = diagnosisBy(
    'id-token-not-yet-valid',
    eventsOf(check('unconfirmed')),
    contextOf({ flow: { outcome: 'succeeded' } }),
  )
  expect([issued?.weight, issued?.evidence[0]?.name]).toEqual(['odd', 'iat'])
})

it('id-token-not-yet-valid: leaves it to a clock that is seen to be behind', () => {
  const date: [string, string] = ['Date', new Date(1_600_000).toUTCString()]
  const behind = { ...exchange({ response: { headers: [date] } }), at: 1_000_000, timing: { waiting: 100 } }
  expect(diagnosisBy('id-token-not-yet-valid', eventsOf(behind, check('failed')))).toBeUndefined()
  expect(diagnosisBy('clock-skew', eventsOf(behind, check('failed')))?.weight).toBe('cause')
})

it('id-token-not-yet-valid: says nothing without the check', () => {
  expect(diagnosisBy('id-token-not-yet-valid', eventsOf(exchange({})))).toBeUndefined()
})
