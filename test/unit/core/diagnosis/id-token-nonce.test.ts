import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf, otherIssuer } from './diagnosis-fixture.ts'

const check = (result: string, reason: string | null = 'different') => ({
  ...{ kind: 'check', which: 'nonce', expected: null, found: null },
  ...{ result, reason },
})

it('id-token-nonce: shows what was expected and what came', () => {
  const found = diagnosisBy('id-token-nonce', eventsOf(check('failed')))
  expect(found?.weight).toBe('cause')
  expect(found?.evidence.map(({ value }) => value)).toEqual(['different'])
  expect(diagnosisBy('id-token-nonce', eventsOf(check('failed', 'missing')))?.evidence[0]?.value).toBe('missing')
})

it('id-token-nonce: is odd where the flow went on', () => {
  const succeeded = contextOf({ flow: { outcome: 'succeeded' } })
  expect(diagnosisBy('id-token-nonce', eventsOf(check('failed')), succeeded)?.weight).toBe('odd')
})

it('id-token-nonce: says nothing where the check passed, or another failed first', () => {
  expect(diagnosisBy('id-token-nonce', eventsOf(check('passed', null)))).toBeUndefined()
  expect(diagnosisBy('id-token-nonce', eventsOf(otherIssuer, check('failed')))).toBeUndefined()
})
