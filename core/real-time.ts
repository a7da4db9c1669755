// Real timers: the ports that both hosts supply for pauses and alarms.
import { setTimeout as wait } from 'node:timers/promises'
import type { Alarm, Pause } from './ports.ts'

/** A pause on the event loop. */
export const realPause: Pause = (ms, signal) => wait(ms, undefined, { signal }).catch(() => undefined)

/** A timer on the event loop that does not keep the process alive. */
export const realAlarm: Alarm = (ms, ring) => {
  const timer = setTimeout(ring, ms).unref()
  return () => clearTimeout(timer)
}
