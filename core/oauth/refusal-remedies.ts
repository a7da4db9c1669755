// What the person can do about a refusal of the token or revocation endpoint, if known.
import { clientAuthenticationWords } from '../../contract/client-authentication-words.ts'
import type { Refused } from './refused.ts'
import { isClientRefused, isGrantForbidden, mayBeAboutClient } from './refused-client.ts'
import type { ServerWords } from './server-words.ts'

/** One or two sentences; `undefined` if nothing is known to help. */
export function remedyFor(words: ServerWords, status: number, about: Refused): string | undefined {
  const { error } = words
  if (/redirect[_ ]ur[il]/i.test(`${error ?? ''} ${words.errorDescription ?? ''}`) && about.redirectUri) {
    return `Register exactly ${about.redirectUri} at the service, then connect again.`
  }
  if (isGrantForbidden(words, status, about)) return allowing(about)
  if (isClientRefused(words, status, about)) return clientRemedy(about)
  const known = error === null ? undefined : remedyForWord(error, about)
  if (known !== undefined) return known
  if (status === 404 || status === 405) {
    return 'Check the address of the endpoint, also its trailing slash, and whether this edition of the service has OAuth.'
  }
  if (mayBeAboutClient(words, status, about)) return clientRemedy(about)
  if (status === 401) return 'Connect again to get new tokens.'
  return undefined
}

function remedyForWord(error: string, about: Refused): string | undefined {
  switch (error) {
    case 'invalid_request':
      return about.grant?.installs ? reinstalling : undefined
    case 'invalid_grant':
    case 'invalid_code':
      if (about.grant?.installs) return reinstalling
      if (about.what === 'the code') return 'Start again: a code works once, and for a short time.'
      if (about.what === 'the user name and password') return 'Check the user name and the password, then try again.'
      return 'Connect again to get new tokens.'
    case 'invalid_scope':
    case 'scope_invalid':
      return 'Choose fewer scopes: the server does not offer one of these to this client.'
    case 'unsupported_grant_type':
      return allowing(about)
    default:
      return undefined
  }
}

const reinstalling = 'The installation may be gone at the service: connect again to install it again.'

/** How to allow the grant, from the service's description. */
function allowing({ grant, what }: Refused): string {
  if (what === 'the refresh token') return 'Allow refresh tokens for this client at the service, or connect again.'
  return grant?.steps || 'Allow this grant for the client at the service.'
}

function clientRemedy({ client: { authentication } }: Refused): string {
  if (authentication === 'none') return 'Check the client id; the server may want a client secret for this client.'
  return `Check the client id and the client secret, or choose another client authentication method (now: ${clientAuthenticationWords[authentication]}).`
}
