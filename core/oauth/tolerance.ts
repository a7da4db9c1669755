// Normalizes token responses of real servers that are less strict than the library. Each rule was seen in practice; nothing
// here makes up a token.
import { isObject, parseJson } from '../json-path.ts'
import type { FoundToken } from './token-places.ts'

/** Token types that need more than a Bearer header, so we cannot send them. */
const unsendable = new Set(['dpop', 'mac', 'pop', 'n_a'])

/** A token response, as JSON or as a form; `undefined` if it is neither. `names` are members besides the usual ones. */
export function parseAnswer(text: string, names: string[]): unknown {
  const parsed = parseJson(text)
  // Form-encoded instead of JSON: GitHub without an Accept header, and older servers always.
  const form = text.trim()
  if (parsed !== undefined || !/^[\w.-]+=[^<>{}\s]*$/.test(form)) return parsed
  const members = Object.fromEntries(new URLSearchParams(form))
  return ['access_token', 'error', ...names].some((name) => Object.hasOwn(members, name)) ? members : undefined
}

/** Whether an answer that holds no token is a refusal, whatever its status. */
export function isRefusal(answer: unknown): boolean {
  return isObject(answer) && (Boolean(answer.error) || answer.ok === false || answer.success === false)
}

/** The response as oauth4webapi wants it. */
export function conforming(members: FoundToken['members']): Response {
  const { access_token, token_type, refresh_token, scope } = members
  const body = {
    access_token,
    token_type: conformingType(token_type),
    ...(typeof refresh_token === 'string' && refresh_token !== '' ? { refresh_token } : {}),
    ...conformingScope(scope),
    // expires_in is left out, because servers spell it in many ways: token-lifetime.ts reads it. So is id_token: the API is
    // asked for the account.
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
