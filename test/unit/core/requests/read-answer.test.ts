import { describe, expect, it } from 'vitest'
import { formatOf, rateLimitOf } from '../../../../core/requests/read-answer.ts'

describe('the rate limit', () => {
  const now = 1_800_000_000_000

  it('reads seconds from now, seconds and ms since the epoch, and dates', () => {
    const at = (headers: Record<string, string>) => rateLimitOf(Object.entries(headers), now)?.resetsAt
    expect(at({ 'Retry-After': '30' })).toBe(now + 30_000)
    expect(at({ 'X-RateLimit-Reset': '1800000060' })).toBe(1_800_000_060_000)
    expect(at({ 'Retry-After': new Date(now).toUTCString() })).toBe(now)
    expect(at({ 'X-RateLimit-Reset': '1800000060000' })).toBe(1_800_000_060_000)
    expect(at({ 'Retry-After': '0' })).toBe(now)
    expect(at({ 'X-RateLimit-Remaining': '5' })).toBeNull()
  })

  it('names no moment that no calendar could show', () => {
    const resetsAt = rateLimitOf([['X-RateLimit-Reset', '1e20']], now)?.resetsAt
    expect(new Date(resetsAt ?? Number.NaN).getUTCFullYear()).toBe(2037)
  })

  it('is absent where no header speaks of it', () => {
    expect(rateLimitOf([['Date', 'x']], now)).toBeNull()
  })
})

it.each([
  ['application/problem+json; charset=utf-8', '{}', 'json'],
  ['text/html', '<p>', 'html'],
  ['application/atom+xml', '<a/>', 'xml'],
  ['image/png', 'x', 'binary'],
  [null, 'x', 'text'],
  ['application/json', '', 'empty'],
])('%s with body %j is %s', (type, body, format) => {
  expect(formatOf(type, body)).toBe(format)
})
