import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createLogFlushes } from '../../../../core/sealed-log/log-flushes.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function logFlushes() {
  const disk: { error: unknown; writes: number; explained: unknown[] } = { error: null, writes: 0, explained: [] }
  const write = () => {
    disk.writes += 1
    return disk.error
  }
  const flushes = createLogFlushes(write, (error) => {
    disk.explained.push(error)
    return String(error)
  })
  return { disk, flushes }
}

it('writes once for a burst', () => {
  const { disk, flushes } = logFlushes()
  for (let line = 0; line < 5; line++) flushes.flushSoon()
  expect(disk.writes).toBe(0)
  vi.runAllTimers()
  expect(disk.writes).toBe(1)
})

it('tries again while nothing can be written, explains it once, and says when it is over', () => {
  const { disk, flushes } = logFlushes()
  disk.error = 'full'
  expect(flushes.flush()).toBe(false)
  vi.advanceTimersByTime(10_000)
  expect(disk.writes).toBeGreaterThan(3)
  expect(disk.explained).toEqual(['full'])
  expect(flushes.trouble()).toBe('full')
  disk.error = null
  vi.advanceTimersByTime(2_000)
  expect(flushes.trouble()).toBeNull()
  expect(vi.getTimerCount()).toBe(0)
})

it('does nothing after it was stopped', () => {
  const { disk, flushes } = logFlushes()
  flushes.flushSoon()
  flushes.stop()
  vi.runAllTimers()
  expect(disk.writes).toBe(0)
})
