// Turns an unsuccessful response into a Problem: a sentence with the server's own words, and a remedy if one is known. A busy
// or broken server has not refused anything.

import { inWords, outageWords } from '../../contract/flow/trouble-words.ts'
import type { Pkce } from '../../contract/service.ts'
import { isOutage, retryAt } from '../flows/outage.ts'
import { Redactor } from '../flows/redactor.ts'
import { Problem } from '../problem.ts'
import type { Secret } from '../secret.ts'
import { type ClientCredentials, otherMethods } from './client-authentication.ts'
import { refusalReason } from './refusal-reason.ts'
import { clientRemedy, refusedWords, remedyFor, remedyWithoutWords } from './refusal-remedies.ts'
import type { Refused } from './refused.ts'
import { mayBeAboutClient } from './refused-client.ts'
import { pkceAdvice } from './refused-pkce.ts'
import { bounded, oneLine, type ServerWords, serverWords } from './server-words.ts'

/** The Problem for an unsuccessful response. */
export function refusal(response: Response, text: string, about: Refused): Problem {
  const raw = serverWords(response.headers, text)
  const words = cleanWords(raw, about.secrets)
  const { status } = response
  const said = quoted(words)
  const outside = said === null ? [] : [said]
  if (status >= 300 && status < 400) return unexpected(status, 'The server answered with a redirect.')
  if (isOutage(status)) return outage(response, outageWords(status) + (said ? `: ${said}` : '.'), about.now(), outside)
  if (isForeignPage(response, text, raw)) return foreignPage(status, words)
  const reason = refusalReason(raw, status, about)
  const pkce = about.pkce && pkceAdvice(raw, about.pkce)
  const sentence = pkce?.sentence ?? refusedWords(reason, about)
  const message = said ? `${sentence}: ${said}` : `${sentence} and gave no reason (status ${status}).`
  // It has refused nothing, whatever the status.
  if (reason === 'server_trouble') return outage(response, message, about.now(), outside)
  const aboutClient = mayBeAboutClient(reason, raw, status, about.what)
  const remedy = pkce?.remedy ?? remedyFor(reason, about) ?? remedyByStatus(status, said !== null, aboutClient, about)
  return new Problem(
    {
      ...{ kind: 'refused', message, remedy, by: about.by, status, ...words },
      ...(reason ? { reason } : {}),
      ...(pkce ? { tryPkce: pkce.tryPkce } : {}),
      ...(reason === 'unauthorized_client' && about.grant?.page ? { page: about.grant.page } : {}),
      ...(aboutClient ? offer(about.client, response) : {}),
    },
    outside,
  )
}

/** What may help if the error code says nothing. */
function remedyByStatus(status: number, saysWhy: boolean, aboutClient: boolean, about: Refused): string | undefined {
  if (status === 404 || status === 405) {
    return 'Check the address of the endpoint, also its trailing slash, and whether this edition of the service has OAuth.'
  }
  if (aboutClient) return clientRemedy(about)
  if (status === 400 && !saysWhy && about.by === 'token_endpoint') return remedyWithoutWords(about)
  return status === 401 ? 'Connect again to get new tokens.' : undefined
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
  { secrets, pkce: used, redirectUri }: { secrets: Secret[]; pkce?: Pkce | undefined; redirectUri?: string },
): Problem {
  const raw = { error, errorDescription: description }
  const words = cleanWords(raw, secrets)
  const about = { by: 'authorization_endpoint' as const, what: 'the request', redirectUri }
  const reason = refusalReason(raw, null, about)
  const said = quoted(words)
  const pkce = used && pkceAdvice(raw, used)
  const sentence = pkce?.sentence ?? refusedWords(reason, about)
  return new Problem(
    {
      ...{
        kind: 'refused',
        message: `${sentence}: ${said ?? 'no reason given'}`,
        by: about.by,
        status: null,
        ...words,
      },
      remedy: pkce?.remedy ?? remedyFor(reason, about),
      ...(reason ? { reason } : {}),
      ...(pkce ? { tryPkce: pkce.tryPkce } : {}),
    },
    said === null ? [] : [said],
  )
}

/** A response that violates the protocol. `outside` are the parts of the message that it said. */
export function unexpected(
  status: number | null,
  message: string,
  remedy?: string,
  outside: readonly string[] = [],
): Problem {
  return new Problem({ kind: 'unexpected_answer', message, remedy, status }, outside)
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
  const message = `A page came instead of the server’s answer (status ${status})${said}`
  return new Problem(
    { kind: 'unexpected_answer', message, remedy, status },
    errorDescription === null ? [] : [errorDescription],
  )
}

/** A server's outage, with the time to retry if it named one. `outside` are the parts of the message that it said. */
export function outage(response: Response, message: string, now: number, outside: readonly string[]): Problem {
  const at = retryAt(response.headers, now)
  const remedy = `${at === null ? 'Try again later.' : `Try again ${inWords(at - now)}.`} Nothing was changed.`
  const { status } = response
  const facts = { status, busy: true as const, ...(at === null ? {} : { retryAt: at }) }
  return new Problem({ kind: 'unexpected_answer', message, remedy, ...facts }, outside)
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
  // Joining lines may reveal a secret that was split.
  const clean = (text: string | null) => (text === null ? '' : redactor.known(oneLine(redactor.known(text))))
  // A page was read up to a limit; an error code is a whole member.
  const errorDescription = bounded(redactor.withoutTail(clean(words.errorDescription)))
  return { error: bounded(clean(words.error)), errorDescription }
}
