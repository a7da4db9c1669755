// Normalizes token responses of real servers that are less strict than the library. Each rule was seen in practice; nothing
// here makes up a token.
import { isObject, parseJson } from './server-words.ts'

/** Token types that need more than a Bearer header, so we cannot send them. */
const unsendable = new Set(['dpop', 'mac', 'pop', 'n_a'])

/** Ten years in seconds. More is a mistake, and may overflow dates. */
const longestLife = 10 * 365 * 86_400

/** The members of a successful token response, or `null` if there are none. */
export function tokenMembers(text: string): Record<string, unknown> | null {
  const parsed = parseJson(text)
  if (isObject(parsed)) return parsed
  // Form-encoded instead of JSON: GitHub without an Accept header, and older servers always.
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
    // Servers whose tokens do not expire say 0 or less.
    ...(typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0
      ? { expires_in: Math.min(seconds, longestLife) }
      : {}),
    ...(typeof refresh_token === 'string' && refresh_token !== '' ? { refresh_token } : {}),
    ...conformingScope(scope),
    // id_token is left out: the API is asked for the account, so it is not needed here.
  }
  return new Response(JSON.stringify(body), { status: 200, headers: { 'content-type': 'application/json' } })
}

/** Missing, "bearer", "Bearer" or unknown types are all sent as Bearer. */
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
