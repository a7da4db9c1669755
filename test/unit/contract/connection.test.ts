import { expect, it } from 'vitest'
import { redirectUriToRegister } from '../../../contract/client.ts'
import { connectionState, missingScopes } from '../../../contract/connection.ts'

const good = { kind: 'good' as const }
const now = 1_000_000

it.each([
  [null, 'active'],
  [now + 60 * 60_000, 'active'],
  [now + 60_000, 'expiring'],
  [now, 'expired'],
  [now - 1, 'expired'],
])('a connection that ends at %s is %s', (expiresAt, state) => {
  expect(connectionState({ standing: good, expiresAt }, now)).toBe(state)
})

it('knows no missing scopes where the token response was silent', () => {
  expect(missingScopes({ requested: ['a'], granted: null, reported: null })).toEqual([])
  expect(missingScopes({ requested: ['a', 'b'], granted: ['b'], reported: null })).toEqual(['a'])
  expect(missingScopes({ requested: ['*'], granted: ['x'], reported: null })).toEqual([])
})

it('registers the ephemeral redirect URI without a port', () => {
  expect(redirectUriToRegister({ mode: 'ephemeral' })).toBe('http://127.0.0.1/callback')
  expect(redirectUriToRegister({ mode: 'fixed', port: 53682 })).toBe('http://127.0.0.1:53682/callback')
})
