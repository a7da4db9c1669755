import { expect, test, vi } from 'vitest'
import { reportUse } from '../../../renderer/report-use.ts'

test('a hand on keyboard or mouse is told at once, and then once in a while', () => {
  vi.useFakeTimers()
  const target = new EventTarget()
  let told = 0
  reportUse(() => told++, target, 1000)
  for (const gesture of ['keydown', 'pointermove', 'wheel', 'pointerdown']) target.dispatchEvent(new Event(gesture))
  expect(told).toBe(1)
  vi.advanceTimersByTime(1000)
  target.dispatchEvent(new Event('focus'))
  expect(told).toBe(1)
  target.dispatchEvent(new Event('wheel'))
  expect(told).toBe(2)
  vi.useRealTimers()
})
