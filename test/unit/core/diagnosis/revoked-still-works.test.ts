import { expect, it } from 'vitest'
import { contextOf, diagnosisBy, eventsOf, exchange } from './diagnosis-fixture.ts'
import { connectionWith } from './known-fixture.ts'

const revocation = exchange({
  purpose: { kind: 'revocation', token: 'access_token', encoding: 'form', otherEncoding: false },
  request: { url: 'https://as.example/revoke' },
})
const asked = exchange({ purpose: { kind: 'token_check', after: 'revocation' }, to: 'api' })
const check = (works: boolean) => ({
  ...{ kind: 'check', which: 'revoked', found: works ? 200 : 401 },
  ...(works ? { result: 'failed', reason: 'still_works' } : { result: 'passed' }),
})
const context = contextOf({ flow: { kind: 'revoke', outcome: 'failed' }, connection: connectionWith() })

it('revoked-still-works: says until when', () => {
  const found = diagnosisBy('revoked-still-works', eventsOf(revocation, asked, check(true)), context)
  expect(found?.evidence.at(-1)).toMatchObject({ name: 'expires', value: '1970-01-01T01:00:00.000Z' })
})

it('revoked-still-works: says nothing of a token that stopped, or of a revocation that was refused', () => {
  expect(diagnosisBy('revoked-still-works', eventsOf(revocation, asked, check(false)), context)).toBeUndefined()
  expect(diagnosisBy('revoked-still-works', eventsOf(asked, check(true)), context)).toBeUndefined()
})
