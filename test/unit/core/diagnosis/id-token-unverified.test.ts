import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf, exchange } from './diagnosis-fixture.ts'

const succeeded = contextOf({ flow: { outcome: 'succeeded' } })
const keys = exchange({
  purpose: { kind: 'issuer_keys' },
  request: { method: 'GET', url: 'https://as.example/jwks' },
  response: { status: 404 },
  outcome: 'failed',
})
const check = (result: string, reason: string | null) => ({
  ...{ kind: 'check', which: 'id_token_signature', found: 'RS256', result, reason },
})

it('id-token-unverified: shows where the keys were looked for', () => {
  const found = diagnosisBy('id-token-unverified', eventsOf(keys, check('unconfirmed', 'no_key')), succeeded)
  expect(found?.evidence.map(({ value }) => value)).toEqual(['RS256', 'https://as.example/jwks', '404'])
})

it('id-token-unverified: says nothing of one that was verified', () => {
  expect(diagnosisBy('id-token-unverified', eventsOf(keys, check('passed', null)), succeeded)).toBeUndefined()
})
