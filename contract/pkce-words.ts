// What a person is told of a client's PKCE method where it protects less than it could. Pure.
import type { Pkce, ServiceView } from './service.ts'

/** What a method gives away; `null` for S256. @see RFC 7636 §7.2 */
export const pkceWarnings: Record<Pkce, string | null> = {
  S256: null,
  plain:
    'The code verifier crosses the browser as it is. Anybody who reads the authorization request can use the code.',
  off: 'Without PKCE anybody who reads the redirect can use its code. Turn it off only where the server refuses it.',
}

const methods: Pkce[] = ['off', 'plain', 'S256']

/** Whether a client uses less than its service is described with. */
export function isPkceWeakened(pkce: Pkce, service: Pick<ServiceView, 'pkce'>): boolean {
  return methods.indexOf(pkce) < methods.indexOf(service.pkce)
}

/** The method of an authorization request, as its address says. */
export function pkceIn(authorizationUrl: string): Pkce {
  const { searchParams } = new URL(authorizationUrl)
  if (!searchParams.has('code_challenge')) return searchParams.has('request_uri') ? 'S256' : 'off'
  return searchParams.get('code_challenge_method') === 'S256' ? 'S256' : 'plain'
}

/** A client's method in two words: “PKCE off”. */
export function pkceLabel(pkce: Pkce): string {
  return pkce === 'off' ? 'PKCE off' : `PKCE ${pkce}`
}
