// Where real servers are looser than the library: their token responses are brought into the form it checks.
// What each rule answers was seen on servers in use; nothing here makes up a token.
import { isObject, parseJson } from './server-words.ts'

/** Token types that need more than "Bearer" in front of the token, and that we cannot send. */
const unsendable = new Set(['dpop', 'mac', 'pop', 'n_a'])

/** Ten years, in seconds. More is a mistake, and at its end a date that no calendar holds. */
const longestLife = 10 * 365 * 86_400

/** The members of a successful token response, or `null` where the text holds none. */
export function tokenMembers(text: string): Record<string, unknown> | null {
  const parsed = parseJson(text)
  if (isObject(parsed)) return parsed
  // A form instead of JSON: what GitHub answers without an Accept header, and older servers always.
  const form = text.trim()
  if (parsed !== undefined || !/^[\w.-]+=[^<>{}\s]*$/.test(form) || !/(?:^|&)(?:access_token|error)=/.test(form))
    return null
  return Object.fromEntries(new URLSearchParams(form))
}

/** The response as oauth4webapi wants it. */
export function conforming(members: Record<string, unknown>): Response {
  const { access_token, token_type, expires_in, refresh_token, scope } = members
  const seconds = typeof expires_in === 'string' && expires_in.trim() !== '' ? Number(expires_in) : expires_in
  const body = {
    access_token,
    token_type: conformingType(token_type),
    // 0 and less are what servers say whose tokens do not expire.
    ...(typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0
      ? { expires_in: Math.min(seconds, longestLife) }
      : {}),
    ...(typeof refresh_token === 'string' && refresh_token !== '' ? { refresh_token } : {}),
    ...conformingScope(scope),
    // id_token is left out: who the account is, the API is asked, so it is neither needed nor checked here.
  }
  return new Response(JSON.stringify(body), { status: 200, headers: { 'content-type': 'application/json' } })
}

/** Missing, "bearer", "Bearer", or a word of the server's own: all are sent as Bearer. */
function conformingType(type: unknown): string {
  return typeof type === 'string' && unsendable.has(type.toLowerCase()) ? type : 'bearer'
}

export function isUnsendable(type: unknown): boolean {
  return typeof type === 'string' && unsendable.has(type.toLowerCase())
}

function conformingScope(scope: unknown): { scope?: string } {
  if (typeof scope === 'string') return { scope }
  if (Array.isArray(scope)) return { scope: scope.filter((one) => typeof one === 'string').join(' ') }
  return {}
}
