import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf, otherIssuer } from './diagnosis-fixture.ts'

const check = (result: string, reason: string | null = 'different') => ({
  ...{ kind: 'check', which: 'id_token_signature', expected: null, found: 'RS256' },
  ...{ result, reason },
})

it('id-token-signature: shows what was expected and what came', () => {
  const found = diagnosisBy('id-token-signature', eventsOf(check('failed')))
  expect(found?.weight).toBe('cause')
  expect(found?.evidence.map(({ value }) => value)).toEqual(['RS256'])
})

it('id-token-signature: is odd where the flow went on', () => {
  const succeeded = contextOf({ flow: { outcome: 'succeeded' } })
  expect(diagnosisBy('id-token-signature', eventsOf(check('failed')), succeeded)?.weight).toBe('odd')
})

it('id-token-signature: says nothing where the check passed, or another failed first', () => {
  expect(diagnosisBy('id-token-signature', eventsOf(check('passed', null)))).toBeUndefined()
  expect(diagnosisBy('id-token-signature', eventsOf(otherIssuer, check('failed')))).toBeUndefined()
})
