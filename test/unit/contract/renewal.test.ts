import { expect, it } from 'vitest'
import { renewalOf, renewalWords } from '../../../contract/renewal.ts'

const now = 1_700_000_000_000
const hour = 3_600_000
const connection = {
  ...{ autoRefresh: true, refreshable: true, status: { kind: 'good' as const }, grantType: 'password' as const },
  ...{ obtainedAt: now, expiresAt: now + hour, refreshTokenExpiresAt: null, lastUsedAt: null },
}
const refused = { kind: 'needs_attention' as const, since: 0, failure: { kind: 'cancelled' as const, message: '' } }
const client = { grantType: 'client_credentials' as const }

it.each([
  ['ahead', {}],
  ['not_refreshable', { refreshable: false }],
  ['off', { autoRefresh: false }],
  ['not_good', { status: refused }],
  ['end_not_known', { expiresAt: null }],
  ['ended_at_once', { expiresAt: now - 1 }],
  ['refresh_token_ended', { refreshTokenExpiresAt: now }],
  ['ahead', { refreshTokenExpiresAt: now + 1 }],
  ['when_used', client],
  ['ahead', { ...client, lastUsedAt: now }],
] as const)('a connection is renewed %s: %j', (expected, differs) => {
  expect(renewalOf({ ...connection, ...differs }, now)).toBe(expected)
})

it('never says yes of what is not renewed', () => {
  expect(renewalWords({ ...connection, expiresAt: null }, now)).toBe('no: when it ends is not known')
  expect(renewalWords(connection, now)).toBe('yes')
})
