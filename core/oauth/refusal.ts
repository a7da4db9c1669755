// Turns an unsuccessful response into a Problem: a sentence with the server's own words, and a remedy if one is known. A busy
// or broken server has not refused anything.

import { inWords, outageWords } from '../../contract/flow/trouble-words.ts'
import type { Pkce } from '../../contract/service.ts'
import { isOutage, retryAt } from '../flows/outage.ts'
import { Redactor } from '../flows/redactor.ts'
import { Problem } from '../problem.ts'
import type { Secret } from '../secret.ts'
import { type ClientCredentials, otherMethods } from './client-authentication.ts'
import { remedyFor } from './refusal-remedies.ts'
import type { Refused } from './refused.ts'
import { isClientRefused, isGrantForbidden, mayBeAboutClient } from './refused-client.ts'
import { pkceAdvice } from './refused-pkce.ts'
import { bounded, oneLine, type ServerWords, serverWords } from './server-words.ts'

/** The Problem for an unsuccessful response. */
export function refusal(response: Response, text: string, about: Refused): Problem {
  const words = cleanWords(serverWords(response.headers, text), about.secrets)
  const { status } = response
  const said = quoted(words)
  if (status >= 300 && status < 400) return unexpected(status, 'The server answered with a redirect.')
  if (isOutage(status)) return outage(response, outageWords(status) + (said ? `: ${said}` : '.'), about.now())
  if (isForeignPage(response, text, words)) return foreignPage(status, words)
  const pkce = about.pkce && pkceAdvice(words, about.pkce)
  const sentence = pkce?.sentence ?? sentenceFor(words, status, about)
  const message = said ? `${sentence}: ${said}` : `${sentence} and gave no reason (status ${status}).`
  return new Problem({
    kind: 'refused',
    message,
    remedy: pkce?.remedy ?? remedyFor(words, status, about),
    by: about.by,
    status,
    ...words,
    ...(pkce ? { tryPkce: pkce.tryPkce } : {}),
    ...(isGrantForbidden(words, status, about) && about.grant?.page ? { page: about.grant.page } : {}),
    ...(mayBeAboutClient(words, status, about) ? offer(about.client, response) : {}),
  })
}

/** Names what was refused: the request, or the client. */
function sentenceFor(words: ServerWords, status: number, about: Refused): string {
  if (isGrantForbidden(words, status, about)) {
    if (about.what === 'the refresh token') return 'The server does not let this client refresh'
    return `The server does not let this client use ${about.grant ? `the grant “${about.grant.name}”` : 'this grant'}`
  }
  return `The server did not accept ${isClientRefused(words, status, about) ? 'the client' : about.what}`
}

function offer(client: ClientCredentials, response: Response) {
  const tryAuthentication = otherMethods(client, response.headers.get('www-authenticate'))
  return {
    ...(client.clientSecret === null ? {} : { clientRefused: true as const }),
    ...(tryAuthentication.length > 0 ? { tryAuthentication } : {}),
  }
}

/** An error in the authorization response. @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1 */
export function authorizationRefusal(
  error: string,
  description: string | null,
  { secrets, pkce: used }: { secrets: Secret[]; pkce?: Pkce | undefined },
): Problem {
  const words = cleanWords({ error, errorDescription: description }, secrets)
  const denied = error === 'access_denied'
  const said = quoted(words) ?? 'no reason given'
  const pkce = used && pkceAdvice(words, used)
  const sentence = pkce?.sentence ?? 'The authorization server refused the request'
  return new Problem({
    kind: 'refused',
    message: denied ? `Access was denied: ${said}` : `${sentence}: ${said}`,
    remedy: pkce?.remedy ?? authorizationRemedies[error],
    by: 'authorization_endpoint',
    status: null,
    ...words,
    ...(pkce ? { tryPkce: pkce.tryPkce } : {}),
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

/** A response that violates the protocol. */
export function unexpected(status: number | null, message: string, remedy?: string): Problem {
  return new Problem({ kind: 'unexpected_answer', message, remedy, status })
}

/**
 * Whether the response is a page that does not come from the endpoint, but from a proxy, a captive portal or a wrong URL, so
 * that nobody has checked the tokens. With 400 and 401 it may be the server's own page.
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

/** A server's outage, with the time to retry if it named one. */
export function outage(response: Response, message: string, now: number): Problem {
  const at = retryAt(response.headers, now)
  const remedy = `${at === null ? 'Try again later.' : `Try again ${inWords(at - now)}.`} Nothing was changed.`
  const { status } = response
  return new Problem({ kind: 'unexpected_answer', message, remedy, status, ...(at === null ? {} : { retryAt: at }) })
}

/** Error and description in one text; `null` if there are none. */
export function quoted({ error, errorDescription }: ServerWords): string | null {
  if (errorDescription !== null) return error === null ? errorDescription : `${errorDescription} (${error})`
  return error
}

/** Removes secrets that the server quotes. Truncated last, because half a secret would not be found. */
export function cleanWords(words: ServerWords, secrets: (Secret | null)[]): ServerWords {
  const redactor = new Redactor(() => 'hidden')
  for (const secret of secrets) if (secret) redactor.hide(secret.reveal(), 'secret')
  // The page was read up to a limit, and joining lines may reveal a secret that was split.
  const clean = (text: string | null) =>
    text === null ? null : bounded(redactor.withoutTail(redactor.known(oneLine(redactor.known(text)))))
  return { error: clean(words.error), errorDescription: clean(words.errorDescription) }
}
