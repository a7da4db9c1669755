// What real services do beyond, or against, the specifications, each as a switch of the practice services. Only data: the
// code that implements a quirk asks for it by id.

import type { QuirkText } from './quirk-text.ts'
import { REVOCATION_QUIRKS } from './revocation-quirks.ts'
import { SERVICE_QUIRKS, type ServiceQuirkId } from './service-quirks.ts'

const TOKENS = 'Token response'
const REFRESH = 'Refresh'
const CLIENT = 'Client authentication'
const AUTHORIZATION = 'Authorization'
const API = 'API'
const SERVER = 'The whole server'

export const QUIRKS = {
  'no-expires-in': {
    group: TOKENS,
    name: 'No expires_in',
    description: 'A token response does not say how long the access token lives.',
  },
  'no-scope': {
    group: TOKENS,
    name: 'No scope',
    description: 'A token response does not say which scopes were granted.',
  },
  'fewer-scopes': {
    group: TOKENS,
    name: 'Fewer scopes than asked for',
    description: 'Of two or more scopes that are asked for, the last one is left out of the grant without a word.',
  },
  'lower-case-bearer': {
    group: TOKENS,
    name: 'token_type in lower case',
    description: 'The token type is spelt bearer, although the API may want Bearer.',
  },
  'access-token-alone': {
    group: TOKENS,
    name: 'The access token alone',
    description: 'A token response holds access_token and nothing else.',
  },
  'long-tokens': {
    group: TOKENS,
    name: 'Long codes and tokens',
    description: 'A code has 788 characters, and a token response well over a kilobyte.',
  },
  'no-refresh-token': {
    group: TOKENS,
    name: 'No refresh token',
    description: 'Nothing to refresh with is ever given out.',
  },
  'refresh-same': {
    group: REFRESH,
    name: 'The same refresh token again',
    description: 'A refresh answers the refresh token that was used, which stays good.',
    oneOf: 'rotation',
  },
  'refresh-none': {
    group: REFRESH,
    name: 'No refresh token in the answer',
    description: 'A refresh answers no refresh token; the one that was used stays good.',
    oneOf: 'rotation',
  },
  'refresh-rotates': {
    group: REFRESH,
    name: 'The old tokens die at once',
    description: 'A refresh answers a new refresh token and ends the one that was used and the old access token.',
    oneOf: 'rotation',
  },
  'refresh-until-used': {
    group: REFRESH,
    name: 'The old refresh token lives until the new access token is used',
    description: 'A refresh answers a new refresh token; the old one ends with the first use of the new access token.',
    oneOf: 'rotation',
  },
  'reuse-kills-family': {
    group: REFRESH,
    name: 'Reuse ends everything',
    description: 'A refresh answers a new refresh token; using the old one again ends the new tokens too.',
    oneOf: 'rotation',
  },
  'refresh-refused-401': {
    group: REFRESH,
    name: 'Refusal as 401 invalid_request',
    description: 'A refresh token that is not good is refused with 401 and invalid_request.',
    oneOf: 'refresh refusal',
  },
  'refresh-refused-empty': {
    group: REFRESH,
    name: 'Refusal as an empty 400',
    description: 'A refresh token that is not good is refused with 400 and an empty body.',
    oneOf: 'refresh refusal',
  },
  'refresh-refused-500': {
    group: REFRESH,
    name: 'Refusal as 500 with a page',
    description: 'A refresh token that is not good ends in a 500 with an HTML page.',
    oneOf: 'refresh refusal',
  },
  'parallel-refresh-500': {
    group: REFRESH,
    name: 'Parallel refreshes break',
    description: 'A refresh token that is used while it is being used ends in a 500 with an HTML page.',
  },
  'basic-only': {
    group: CLIENT,
    name: 'HTTP Basic only',
    description: 'Client id and secret in the body are refused.',
    oneOf: 'authentication',
  },
  'body-only': {
    group: CLIENT,
    name: 'Body only',
    description: 'Client id and secret by HTTP Basic are refused.',
    oneOf: 'authentication',
  },
  'basic-form-encoded': {
    group: CLIENT,
    name: 'Basic form-encoded only',
    description: 'HTTP Basic is decoded as RFC 6749 has it, so that a raw secret with special characters is refused.',
    oneOf: 'Basic spelling',
  },
  'basic-raw': {
    group: CLIENT,
    name: 'Basic raw only',
    description: 'HTTP Basic is taken as it stands, so that a form-encoded secret with special characters is refused.',
    oneOf: 'Basic spelling',
  },
  'wrong-secret-400': {
    group: CLIENT,
    name: 'A wrong secret is a 400',
    description: 'A wrong client secret is refused with 400 in place of 401.',
    oneOf: 'wrong secret',
  },
  'wrong-secret-403': {
    group: CLIENT,
    name: 'A wrong secret is an empty 403',
    description: 'A wrong client secret is refused with 403 and an empty body.',
    oneOf: 'wrong secret',
  },
  'own-error-codes': {
    group: AUTHORIZATION,
    name: 'Error codes of its own',
    description: 'A bad scope is called scope_invalid, and a bad code invalid_code.',
  },
  'pkce-refused': {
    group: AUTHORIZATION,
    name: 'PKCE refused',
    description: 'An authorization request with a code_challenge is refused with invalid_request.',
    oneOf: 'PKCE',
  },
  'pkce-plain-only': {
    group: AUTHORIZATION,
    name: 'PKCE plain only',
    description: 'A code_challenge by any method but plain is refused with invalid_request.',
    oneOf: 'PKCE',
  },
  'error-without-state': {
    group: AUTHORIZATION,
    name: 'Errors without state',
    description: 'An authorization error comes back to the redirect URI without the state that was sent.',
  },
  'denial-stays': {
    group: AUTHORIZATION,
    name: 'A denial does not come back',
    description: 'A person who presses Deny stays on a page of the service, and the application hears nothing.',
  },
  'redirect-exact': {
    group: AUTHORIZATION,
    name: 'Redirect URIs matched exactly',
    description: 'The redirect URI must equal a registered one to the letter, its port included.',
  },
  ...REVOCATION_QUIRKS,
  'lower-case-header-refused': {
    group: API,
    name: 'Authorization: bearer refused',
    description: 'The API knows a token behind Bearer with a capital letter only.',
  },
  'dead-token-403': {
    group: API,
    name: 'A dead token is an empty 403',
    description: 'The API answers a token that is not good with 403 and empty HTML.',
  },
  'api-429': {
    group: API,
    name: 'Too many requests',
    description: 'Every API request is answered with 429, in the service’s own form where it has one.',
  },
  'api-404': {
    group: API,
    name: 'API not found',
    description: 'Every API request is answered with 404, so that nobody can ask whether a token works.',
  },
  'token-endpoint-404': {
    group: SERVER,
    name: 'Token endpoint not found',
    description: 'The token endpoint answers 404 with a page, as it does where its address lacks a slash.',
  },
  'server-errors': {
    group: SERVER,
    name: 'Server errors',
    description: 'The token endpoint and the API answer 503 with a page.',
  },
  slow: {
    group: SERVER,
    name: 'Slow answers',
    description: 'The token endpoint and the API take three seconds to answer.',
  },
  'community-edition': {
    group: SERVER,
    name: 'Community edition',
    description: 'There are no OAuth apps: every OAuth address answers 404, and only API keys work.',
  },
  ...SERVICE_QUIRKS,
} satisfies Record<string, QuirkText>

export type QuirkId = keyof typeof QUIRKS

/** A quirk's text, typed with its optional members. */
export function quirkText(id: QuirkId): QuirkText {
  return QUIRKS[id]
}

const REVOKING = Object.keys(REVOCATION_QUIRKS) as QuirkId[]
const REPORTING: QuirkId[] = ['fewer-scopes']
const EVERYWHERE = (Object.keys(QUIRKS) as QuirkId[]).filter(
  (id) => ![...REVOKING, ...REPORTING, 'no-scope', 'community-edition', ...Object.keys(SERVICE_QUIRKS)].includes(id),
)

export interface QuirkSet {
  offered: QuirkId[]
  /** On from the start: what the real service is known or thought to do. */
  on: QuirkId[]
}

/** A service's quirks: the common ones and some of the others. */
export function quirkSet(
  has: {
    revocation?: boolean
    scopes?: boolean
    reportsScope?: boolean
    communityEdition?: boolean
    own?: ServiceQuirkId[]
  },
  on: QuirkId[],
): QuirkSet {
  const offered = new Set<QuirkId>([
    ...EVERYWHERE,
    ...(has.revocation ? REVOKING : []),
    ...(has.scopes ? REPORTING : []),
    ...(has.reportsScope ? (['no-scope'] as const) : []),
    ...(has.communityEdition ? (['community-edition'] as const) : []),
    ...(has.own ?? []),
  ])
  const inOrder = (Object.keys(QUIRKS) as QuirkId[]).filter((id) => offered.has(id))
  return { offered: inOrder, on: ['lower-case-header-refused', ...on] }
}
