// Whether a refusal is about the client rather than about what it asked for. Servers use the RFC's words for it loosely.
import type { Refused } from './refused.ts'
import type { ServerWords } from './server-words.ts'

/** What servers call a client that they do not take. */
const clientRefused = new Set(['invalid_client', 'incorrect_client_credentials'])
/** What servers say of a refresh token, also with 401. */
const tokenRefused = new Set(['invalid_grant', 'invalid_request', 'invalid_code'])

/**
 * Whether the server knows the client and does not let it use this grant. With 401 or 403, and at the revocation endpoint,
 * servers say the same word of a client that they do not take at all.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
export function isGrantForbidden({ error }: ServerWords, status: number, { by }: Pick<Refused, 'by'>): boolean {
  return error === 'unauthorized_client' && by === 'token_endpoint' && status !== 401 && status !== 403
}

/** Whether the server's word is that it does not take the client. */
export function isClientRefused(words: ServerWords, status: number, about: Pick<Refused, 'by'>): boolean {
  if (words.error === 'unauthorized_client') return !isGrantForbidden(words, status, about)
  return words.error !== null && clientRefused.has(words.error)
}

/**
 * Whether the client may have been refused: a 401 says so whatever word stands beside it, unless that is known to be about
 * the refresh token.
 */
export function mayBeAboutClient(words: ServerWords, status: number, about: Pick<Refused, 'by' | 'what'>): boolean {
  const { error } = words
  if (isClientRefused(words, status, about)) return true
  if (status === 403) return error === null
  return status === 401 && !(about.what === 'the refresh token' && error !== null && tokenRefused.has(error))
}
