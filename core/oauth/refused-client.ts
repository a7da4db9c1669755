// Whether a refusal is about the client rather than about its request. Servers use the RFC's error codes for it loosely.
import type { Refused } from './refused.ts'
import type { ServerWords } from './server-words.ts'

/** Error codes for a client that was not accepted. */
const clientRefused = new Set(['invalid_client', 'incorrect_client_credentials'])
/** Error codes about a refresh token, even with 401. */
const tokenRefused = new Set(['invalid_grant', 'invalid_request', 'invalid_code'])

/**
 * Whether the server knows the client, but does not allow it this grant. With 401 or 403, and at the revocation endpoint,
 * servers use the same code for a client that they do not accept at all.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
export function isGrantForbidden({ error }: ServerWords, status: number, { by }: Pick<Refused, 'by'>): boolean {
  return error === 'unauthorized_client' && by === 'token_endpoint' && status !== 401 && status !== 403
}

/** Whether the server says that it does not accept the client. */
export function isClientRefused(words: ServerWords, status: number, about: Pick<Refused, 'by'>): boolean {
  if (words.error === 'unauthorized_client') return !isGrantForbidden(words, status, about)
  return words.error !== null && clientRefused.has(words.error)
}

/**
 * Whether the client may have been refused: a 401 means that whatever the error code, unless that is about the refresh token.
 */
export function mayBeAboutClient(words: ServerWords, status: number, about: Pick<Refused, 'by' | 'what'>): boolean {
  const { error } = words
  if (isClientRefused(words, status, about)) return true
  if (status === 403) return error === null
  return status === 401 && !(about.what === 'the refresh token' && error !== null && tokenRefused.has(error))
}
