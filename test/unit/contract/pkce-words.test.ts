import { expect, it } from 'vitest'
import { isPkceWeakened, pkceIn, pkceWarnings } from '../../../contract/pkce-words.ts'

it.each([
  ['code_challenge=c&code_challenge_method=S256', 'S256'],
  ['code_challenge=c&code_challenge_method=plain', 'plain'],
  // The method is plain where none is named (RFC 7636 §4.3).
  ['code_challenge=c', 'plain'],
  ['state=s', 'off'],
  // What was pushed does not stand in the address.
  ['request_uri=urn:example', 'S256'],
] as const)('an authorization request with %s has PKCE %s', (query, pkce) => {
  expect(pkceIn(`https://forge.example/authorize?${query}`)).toBe(pkce)
})

it('a client is weaker than its service only where it does less, and less has a warning', () => {
  const weaker = (['S256', 'plain', 'off'] as const).map((pkce) => isPkceWeakened(pkce, { pkce: 'plain' }))
  expect(weaker).toEqual([false, false, true])
  expect(isPkceWeakened('plain', { pkce: 'S256' })).toBe(true)
  expect([pkceWarnings.S256, pkceWarnings.off !== null]).toEqual([null, true])
})
