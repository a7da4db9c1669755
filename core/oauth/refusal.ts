// Turns an answer that is no success into a Problem: the server's words kept, one sentence around them, a remedy where
// one is known. A server that is busy or broken has refused nothing.
import { inWords, isOutage, retryAt, troubleWords } from '../flows/outage.ts'
import { Redactor } from '../flows/redactor.ts'
import { Problem } from '../problem.ts'
import type { Secret } from '../secret.ts'
import { type ClientCredentials, otherMethods } from './client-authentication.ts'
import { bounded, oneLine, type ServerWords, serverWords } from './server-words.ts'

export interface Refused {
  by: 'token_endpoint' | 'revocation_endpoint'
  /** What was asked for, to stand after "did not accept": "the code", "the refresh token". */
  what: string
  client: ClientCredentials
  redirectUri?: string
  /** What we sent and the server may quote. */
  secrets: (Secret | null)[]
  /** The time (ms since the epoch). */
  now: () => number
}

/** The Problem for an answer that is no success. */
export function refusal(response: Response, text: string, about: Refused): Problem {
  const words = cleanWords(serverWords(response.headers, text), about.secrets)
  const { status } = response
  const said = quoted(words)
  if (status >= 300 && status < 400) return unexpected(status, 'The server answered with a redirect.')
  if (isOutage(status)) return outage(response, troubleWords(status) + (said ? `: ${said}` : '.'), about.now())
  if (isForeignPage(response, text, words)) return foreignPage(status, words)
  const message = said
    ? `The server did not accept ${about.what}: ${said}`
    : `The server did not accept ${about.what} and gave no reason (status ${status}).`
  return new Problem({
    kind: 'refused',
    message,
    remedy: remedyFor(words, status, about),
    by: about.by,
    status,
    ...words,
    ...(mayBeAboutClient(words, status, about) ? offer(about.client, response) : {}),
  })
}

/** What servers call a client that they do not take. */
const clientRefused = new Set(['invalid_client', 'unauthorized_client', 'incorrect_client_credentials'])
/** What servers say of a refresh token, also with 401. */
const tokenRefused = new Set(['invalid_grant', 'invalid_request', 'invalid_code'])

/**
 * Whether the client may have been refused, rather than what it asked for: a 401 says so whatever word stands beside it,
 * unless that is known to be about the refresh token.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
function mayBeAboutClient({ error }: ServerWords, status: number, { what }: Refused): boolean {
  if (error !== null && clientRefused.has(error)) return true
  if (status === 403) return error === null
  return status === 401 && !(what === 'the refresh token' && error !== null && tokenRefused.has(error))
}

function offer(client: ClientCredentials, response: Response) {
  const tryAuthentication = otherMethods(client, response.headers.get('www-authenticate'))
  return tryAuthentication.length > 0 ? { tryAuthentication } : {}
}

/** An error that came back with the browser. @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1 */
export function authorizationRefusal(error: string, description: string | null, secrets: Secret[]): Problem {
  const words = cleanWords({ error, errorDescription: description }, secrets)
  const denied = error === 'access_denied'
  const said = quoted(words) ?? 'no reason given'
  return new Problem({
    kind: 'refused',
    message: denied ? `Access was denied: ${said}` : `The authorization server refused the request: ${said}`,
    remedy: authorizationRemedies[error],
    by: 'authorization_endpoint',
    status: null,
    ...words,
  })
}

const authorizationRemedies: Record<string, string | undefined> = {
  access_denied: 'Connect again and allow it, or ask whoever may allow it.',
  invalid_scope: 'Choose fewer scopes: the server does not offer one of these to this client.',
  unauthorized_client: 'Allow the authorization code grant for this client at the service.',
  unsupported_response_type: 'Allow the authorization code grant for this client at the service.',
  server_error: 'The server has a problem of its own; try again later.',
  temporarily_unavailable: 'The server is busy; try again later.',
}

/** An answer that the protocol does not promise. */
export function unexpected(status: number | null, message: string, remedy?: string): Problem {
  return new Problem({ kind: 'unexpected_answer', message, remedy, status })
}

/**
 * Whether a page for people came where no endpoint answers with one: from a proxy, from the sign-in page of a network, or
 * because the address leads elsewhere. Whoever wrote it has not looked at the tokens. Servers do refuse with 400 and 401
 * and a page of their own.
 */
function isForeignPage(response: Response, text: string, { error }: ServerWords): boolean {
  const { status, headers } = response
  if (status === 407) return true
  if (error !== null || text.trim() === '' || status === 400 || status === 401) return false
  return /\bhtml\b/i.test(headers.get('content-type') ?? '') || /^\s*<(?:!doctype|html|head|body)\b/i.test(text)
}

function foreignPage(status: number, { errorDescription }: ServerWords): Problem {
  const said = errorDescription ? `: ${errorDescription}` : '.'
  const remedy =
    'A proxy or the sign-in page of your network may have answered, or the address of the endpoint is wrong: look at it, also at its trailing slash. Nothing was changed.'
  return unexpected(status, `A page came instead of the server’s answer (status ${status})${said}`, remedy)
}

/** What a server in trouble said, with the time to come back where it named one. */
export function outage(response: Response, message: string, now: number): Problem {
  const at = retryAt(response.headers, now)
  const remedy = `${at === null ? 'Try again later.' : `Try again ${inWords(at - now)}.`} Nothing was changed.`
  const { status } = response
  return new Problem({ kind: 'unexpected_answer', message, remedy, status, ...(at === null ? {} : { retryAt: at }) })
}

/** Both words in one; `null` where there are none. */
export function quoted({ error, errorDescription }: ServerWords): string | null {
  if (errorDescription !== null) return error === null ? errorDescription : `${errorDescription} (${error})`
  return error
}

function remedyFor(words: ServerWords, status: number, about: Refused): string | undefined {
  const all = `${words.error ?? ''} ${words.errorDescription ?? ''}`
  if (/redirect[_ ]ur[il]/i.test(all) && about.redirectUri) {
    return `Register exactly ${about.redirectUri} at the service, then connect again.`
  }
  if (words.error !== null && clientRefused.has(words.error)) return clientRemedy(about)
  if (words.error === 'invalid_grant' || words.error === 'invalid_code') {
    if (about.what === 'the code') return 'Start again: a code works once, and for a short time.'
    if (about.what === 'the user name and password') return 'Check the user name and the password, then try again.'
    return 'Connect again to get new tokens.'
  }
  if (words.error !== null && /^(?:invalid_scope|scope_invalid)$/.test(words.error)) {
    return 'Choose fewer scopes: the server does not offer one of these to this client.'
  }
  if (words.error === 'unsupported_grant_type') return 'Allow this grant for the client at the service.'
  if (status === 404 || status === 405) {
    return 'Check the address of the endpoint, also its trailing slash, and whether this edition of the service has OAuth.'
  }
  if (mayBeAboutClient(words, status, about)) return clientRemedy(about)
  if (status === 401) return 'Connect again to get new tokens.'
  return undefined
}

function clientRemedy({ client: { authentication } }: Refused): string {
  if (authentication === 'none') return 'Check the client id; the server may want a client secret for this client.'
  return `Check the client id and the client secret, or choose another client authentication method (now: ${authentication}).`
}

/** A server may quote what it was sent; that must not travel on in an error. Bounded last: half a secret is not found. */
export function cleanWords(words: ServerWords, secrets: (Secret | null)[]): ServerWords {
  const redactor = new Redactor(() => 'hidden')
  for (const secret of secrets) if (secret) redactor.hide(secret.reveal(), 'secret')
  // A page was read up to a bound, and what a line hid may show when it is one line.
  const clean = (text: string | null) =>
    text === null ? null : bounded(redactor.withoutTail(redactor.known(oneLine(redactor.known(text)))))
  return { error: clean(words.error), errorDescription: clean(words.errorDescription) }
}
