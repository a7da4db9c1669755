import { expect, it } from 'vitest'
import { missingScopes, reminderOf, renewalDeadline } from '../../../contract/connection.ts'
import { connectionState } from '../../../contract/connection-state.ts'
import { redirectUriToRegister } from '../../../contract/redirect-uri.ts'

const good = { kind: 'good' as const }
const now = 1_700_000_000_000
const day = 86_400_000
const held = {
  status: good,
  grantType: 'authorization_code' as const,
  expiresAt: null,
  obtainedAt: now,
  refreshable: true,
  refreshTokenObtainedAt: null,
  refreshTokenExpiresAt: null,
}
const minute = 60_000

it.each([
  [null, 'active'],
  [now + 60 * minute, 'active'],
  [now + 1, 'active'],
  [now, 'renewed_when_used'],
  [now - 1, 'renewed_when_used'],
])('a connection that Grantdesk can renew and that ends at %s is %s', (expiresAt, state) => {
  const between = { ...held, obtainedAt: now - minute, expiresAt }
  expect(connectionState(between, now)).toBe(state)
  expect(connectionState({ ...between, grantType: 'client_credentials' }, now)).toBe(state)
})

it.each([
  ['it had ended when it came', { obtainedAt: now }],
  ['its refresh token has ended', { refreshTokenExpiresAt: now }],
  ['it has no refresh token', { refreshable: false }],
])('an ended token is expired, and so for the person to renew, where %s', (_, differs) => {
  expect(connectionState({ ...held, obtainedAt: now - minute, expiresAt: now, ...differs }, now)).toBe('expired')
})

it('a token of five minutes is active from its birth, and expiring in its last quarter where nothing renews it', () => {
  const short = { ...held, refreshable: false, expiresAt: now + 5 * minute }
  expect(connectionState(short, now)).toBe('active')
  expect(connectionState(short, now + 3 * minute)).toBe('active')
  expect(connectionState(short, now + 4 * minute)).toBe('expiring')
  expect(connectionState({ ...short, refreshable: true }, now + 4 * minute)).toBe('active')
})

it.each([
  ['in its last month', { expiresAt: now + 29 * day, obtainedAt: now - 336 * day }, 'expiring'],
  ['a year before', { expiresAt: now + 364 * day, obtainedAt: now - day }, 'active'],
  ['in the last fifth of a short life', { expiresAt: now + 40 * 60_000, obtainedAt: now - 200 * 60_000 }, 'expiring'],
])('a token that nothing refreshes is recalled %s', (_, times, state) => {
  expect(connectionState({ ...held, refreshable: false, ...times }, now)).toBe(state)
})

it('recalls a refresh token that ends, although the access token is renewed by itself', () => {
  const ending = { refreshTokenObtainedAt: now - 170 * day, refreshTokenExpiresAt: now + 12 * day }
  expect(connectionState({ ...held, expiresAt: now + day, ...ending }, now)).toBe('expiring')
  expect(renewalDeadline({ ...held, expiresAt: now + day, ...ending })?.at).toBe(now + 12 * day)
  expect(renewalDeadline({ ...held, expiresAt: now + day })).toBeNull()
})

it('recalls a pasted token a week before its end at least: it may be older than is known', () => {
  const pasted = { ...held, grantType: 'static_token' as const, refreshable: false }
  expect(connectionState({ ...pasted, expiresAt: now + 2 * day }, now)).toBe('expiring')
  expect(connectionState({ ...pasted, expiresAt: now + 10 * day }, now)).toBe('active')
  expect(connectionState({ ...held, refreshable: false, expiresAt: now + 2 * day }, now)).toBe('active')
})

it.each([
  ['a day before', 60 * day, day],
  ['in half of what is left, of a short life', 60_000, 30_000],
])('recalls an end again %s', (_, life, before) => {
  const at = now + life
  const pasted = { ...held, grantType: 'static_token' as const, refreshable: false, expiresAt: at }
  const told = { ...pasted, reminded: { end: at, dismissed: true, at: at - life } }
  expect(reminderOf(told, at - before - 1)).toEqual(told.reminded)
  expect(reminderOf(told, at - before)).toBeNull()
  const toldAgain = { ...pasted, reminded: { end: at, dismissed: true, at: at - before } }
  expect(reminderOf(toldAgain, at)).toEqual(toldAgain.reminded)
})

it('knows no missing scopes where the token response and the API were silent', () => {
  expect(missingScopes({ requested: ['a'], granted: null, reported: null })).toEqual([])
  expect(missingScopes({ requested: ['a', 'b'], granted: ['b'], reported: null })).toEqual(['a'])
  expect(missingScopes({ requested: ['a', 'b'], granted: null, reported: ['b'] })).toEqual(['a'])
  expect(missingScopes({ requested: ['a', 'b'], granted: ['a,b'], reported: ['a', 'b'] })).toEqual([])
  expect(missingScopes({ requested: ['*'], granted: ['x'], reported: null })).toEqual([])
})

it('registers the ephemeral redirect URI without a port', () => {
  expect(redirectUriToRegister({ mode: 'ephemeral' })).toBe('http://127.0.0.1/callback')
  expect(redirectUriToRegister({ mode: 'fixed', port: 53682 })).toBe('http://127.0.0.1:53682/callback')
  expect(redirectUriToRegister({ mode: 'out_of_band' })).toBe('urn:ietf:wg:oauth:2.0:oob')
})
