// Reads the format and the rate limit of a test request's response.
import { headerValue } from '../../contract/header-value.ts'
import type { RequestResult } from '../../contract/request.ts'
import { lifetimeIn } from '../oauth/token-lifetime.ts'

export function formatOf(contentType: string | null, body: string | null): RequestResult['format'] {
  if (!body) return 'empty'
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (/[/+]json$/.test(type)) return 'json'
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'html'
  if (/[/+]xml$/.test(type)) return 'xml'
  if (type.startsWith('text/') || type === 'application/javascript' || type === '') return 'text'
  return /^(image|audio|video|font)\/|octet-stream|zip|pdf/.test(type) ? 'binary' : 'text'
}

/** The recorded headers, with pseudonyms instead of secrets, also in names, which `Headers` would reject. */
export type RecordedHeaders = RequestResult['headers']

function first(headers: RecordedHeaders, names: string[]): string | null {
  for (const name of names) {
    const value = headerValue(headers, name)
    if (value !== null) return value
  }
  return null
}

/** `Retry-After` and `*-Reset` contain seconds from now, seconds or ms since the epoch, or a date, as lifetimes of tokens do. */
function instant(value: string | null, now: number): number | null {
  if (value === null) return null
  const seconds = Number(value) === 0 ? 0 : lifetimeIn([value], now)
  return seconds === null ? null : Math.round(now + seconds * 1000)
}

export function rateLimitOf(headers: RecordedHeaders, now: number): RequestResult['rateLimit'] {
  const limit = first(headers, ['x-ratelimit-limit', 'ratelimit-limit'])
  const remaining = first(headers, ['x-ratelimit-remaining', 'ratelimit-remaining'])
  const resetsAt = instant(first(headers, ['retry-after', 'x-ratelimit-reset', 'ratelimit-reset']), now)
  return limit === null && remaining === null && resetsAt === null ? null : { limit, remaining, resetsAt }
}
