import { describe, expect, it } from 'vitest'
import { clockTime } from '../../../../contract/moment.ts'
import { isSettled } from '../../../../contract/revocation.ts'
import { type RevocationFacts, revocationEnd } from '../../../../core/connections/revocation-outcome.ts'
import { Problem } from '../../../../core/problem.ts'

const now = 1_700_000_000_000
const hour = 3_600_000

const refusal = (error: string) =>
  new Problem({
    kind: 'refused',
    message: `The server answered ${error}.`,
    by: 'revocation_endpoint',
    status: 401,
    error,
    errorDescription: null,
  })
const both = ['refresh_token', 'access_token'] as const
const refusedBoth = new Map(both.map((hint) => [hint, refusal('invalid_client')]))

const accepted: RevocationFacts = {
  sent: { accepted: [...both], refused: new Map(), lost: null },
  main: 'refresh_token',
  works: null,
  by: 'api',
  refreshWorks: null,
  expiresAt: now + hour,
  now,
}
const refused: RevocationFacts = { ...accepted, sent: { accepted: [], refused: refusedBoth, lost: null } }
const lost: RevocationFacts = {
  ...accepted,
  sent: {
    accepted: [],
    refused: new Map(),
    lost: new Problem({ kind: 'network', message: 'Nothing answers.', code: null }),
  },
}

describe('a revocation', () => {
  it('is verified where the API refuses the token', () => {
    expect(revocationEnd({ ...accepted, works: false }).outcome).toBe('revoked')
  })

  it('that was accepted and that nobody could verify counts as done, and says that it is not verified', () => {
    const { outcome, words, worksUntil } = revocationEnd(accepted)
    expect([outcome, worksUntil, isSettled(outcome)]).toEqual(['unverified', null, true])
    expect(words).toBe('The service accepted the revocation, but whether the token still works could not be verified.')
  })

  it('that was refused and that nobody could verify is refused, in the server’s words', () => {
    const { outcome, words } = revocationEnd(refused)
    expect([outcome, isSettled(outcome)]).toEqual(['refused', false])
    expect(words).toBe(
      'The service refused: The server answered invalid_client; whether the token still works could not be verified.',
    )
  })

  it('that was accepted while the access token still works says until when, in local words', () => {
    const { outcome, words, worksUntil } = revocationEnd({ ...accepted, works: true })
    expect([outcome, worksUntil]).toEqual(['still_works', now + hour])
    expect(words).toMatch(/the access token still works, until \d{4}-\d\d-\d\d \d\d:\d\d\.$/)
    expect(words).toContain(clockTime(now + hour))
  })

  it('that was refused while the access token works is refused', () => {
    expect(revocationEnd({ ...refused, works: true })).toMatchObject({ outcome: 'refused', worksUntil: now + hour })
  })

  it('is not done where only the access token is dead and the refresh token was refused', () => {
    const { outcome, words } = revocationEnd({ ...refused, works: false })
    expect([outcome, words]).toEqual(['refused', expect.stringContaining('the refresh token may still get new ones')])
  })

  it('is done where the server does not know the refresh token any more and the API refuses the access token', () => {
    const unknown = { ...refused.sent, refused: new Map([['refresh_token', refusal('invalid_token')] as const]) }
    expect(revocationEnd({ ...refused, sent: unknown, works: false }).outcome).toBe('revoked')
  })

  it('of the refresh token alone is accepted, and says what of the access token was refused', () => {
    const alone = { accepted: ['refresh_token' as const], refused: new Map([['access_token', refusal('x')] as const]) }
    const { outcome, words } = revocationEnd({ ...accepted, sent: { ...alone, lost: null } })
    expect([outcome, words]).toEqual(['unverified', expect.stringMatching(/of the refresh token alone \(.* x\), but/)])
  })

  it('of an access token alone is done as soon as the API refuses it', () => {
    expect(revocationEnd({ ...refused, main: 'access_token', works: false }).outcome).toBe('revoked')
  })

  it('that got no answer is to be tried again, whatever the API says of a token that ended by itself', () => {
    expect(revocationEnd(lost)).toMatchObject({ outcome: 'offline', words: expect.stringMatching(/Try again\.$/) })
    expect(revocationEnd({ ...lost, works: true }).outcome).toBe('offline')
    expect(revocationEnd({ ...lost, works: false, expiresAt: now - 1 }).outcome).toBe('offline')
    expect(revocationEnd({ ...lost, works: false }).outcome).toBe('revoked')
  })
})
