// How long tokens live, from what servers say of it: seconds, dates in several spellings, or the claim of a JWT.
// @see https://www.rfc-editor.org/rfc/rfc6749#section-5.1
import { isObject, parseJson } from '../json-path.ts'

/** Ten years in seconds. A longer lifetime is a date, or a mistake that may overflow dates. */
const longestLife = 10 * 365 * 86_400
/** A number from here on may be a date in seconds (2014), times a thousand one in ms; between them is neither. */
const earliestDate = 1_400_000_000
const latestDate = 100_000_000_000

/** The members in which servers say how long a token lives, in the order of trust. */
export const lifetimeMembers = {
  accessToken: ['expires_in', 'expires_at', 'expires_on', 'expires'],
  refreshToken: [
    'refresh_token_expires_in',
    'refresh_expires_in',
    'x_refresh_token_expires_in',
    'refresh_token_expires_at',
    'refresh_expires_at',
  ],
}

/** The first of `values` that says how long a token still lives at `now` (ms), in seconds, 0 or less where it has ended already. */
export function lifetimeIn(values: unknown[], now: number): number | null {
  for (const value of values) {
    const seconds = secondsOf(value, now)
    if (seconds !== null) return seconds
  }
  return null
}

/** How long a JWT still lives at `now` (ms) by its own claim, in seconds. */
export function jwtLifetime(token: string, now: number): number | null {
  return lifetimeByExp(claimsOf(token)?.exp, now)
}

/** The same by a claim `exp` alone, which some servers give in ms, or as a text. @see RFC 7519 §4.1.4 */
export function lifetimeByExp(exp: unknown, now: number): number | null {
  const at = typeof exp === 'string' && /^\d+$/.test(exp) ? Number(exp) : exp
  if (typeof at !== 'number' || !(at > 0)) return null
  return bounded((at >= latestDate ? at / 1000 : at) - now / 1000)
}

/** The claims of a token in the form of a JWT; `null` for any other. */
function claimsOf(token: string): Record<string, unknown> | null {
  const [header, payload, signature, ...more] = token.split('.')
  if (!header?.startsWith('eyJ') || !payload || signature === undefined || more.length > 0) return null
  const claims = parseJson(Buffer.from(payload, 'base64url').toString('utf8'))
  return isObject(claims) ? claims : null
}

function secondsOf(value: unknown, now: number): number | null {
  if (typeof value === 'number') return fromNumber(value, now)
  if (typeof value !== 'string' || value.trim() === '') return null
  const number = Number(value)
  if (!Number.isNaN(number)) return fromNumber(number, now)
  const date = dateOf(value.trim())
  return date === null ? null : bounded((date - now) / 1000)
}

/** Servers whose tokens do not expire say 0 or less. */
function fromNumber(number: number, now: number): number | null {
  if (!Number.isFinite(number) || number <= 0) return null
  if (number >= earliestDate && number < latestDate) return bounded(number - now / 1000)
  if (number >= earliestDate * 1000 && number < latestDate * 1000) return bounded((number - now) / 1000)
  return bounded(number)
}

function bounded(seconds: number): number {
  return Math.min(seconds, longestLife)
}

/** A date in words (ms); in UTC if it names no zone, as servers mean it. */
function dateOf(text: string): number | null {
  // `Date.parse` makes a date of nearly any text with a number.
  if (!/^(?:\d{4}-\d\d-\d\d|[A-Z][a-z]{2},? .*\d{4}|\d{1,2}\/\d{1,2}\/\d{4})/.test(text)) return null
  const hasZone = /(?:Z|GMT|UTC|[+-]\d\d:?\d\d)$/.test(text)
  const at = Date.parse(hasZone ? text : /\d:\d\d/.test(text) ? `${text.replace(/^(\S+-\d\d) /, '$1T')}Z` : text)
  return Number.isNaN(at) ? null : at
}
