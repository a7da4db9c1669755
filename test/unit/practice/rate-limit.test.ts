import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createRateLimit } from '../../../practice/rate-limit.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 60_000 * 100 + 15_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

it('counts each credential down by itself and starts again with the minute', () => {
  const limit = createRateLimit(2)
  expect(limit.count('a')).toEqual({ allowed: true, remaining: 1, reset: 60 * 101 })
  expect(limit.count('a')).toMatchObject({ allowed: true, remaining: 0 })
  expect(limit.count('a')).toMatchObject({ allowed: false, remaining: 0 })
  expect(limit.count('b')).toMatchObject({ allowed: true, remaining: 1 })
  vi.advanceTimersByTime(45_000)
  expect(limit.count('a')).toMatchObject({ allowed: true, remaining: 1 })
})
