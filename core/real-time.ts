// Waiting as this machine does it: the ports that both hosts supply for pauses and alarms.
import { setTimeout as wait } from 'node:timers/promises'
import type { Alarm, Pause } from './ports.ts'

/** A pause of the event loop's own. */
export const realPause: Pause = (ms, signal) => wait(ms, undefined, { signal }).catch(() => undefined)

/** A timer of the event loop's own; it keeps no process alive. */
export const realAlarm: Alarm = (ms, ring) => {
  const timer = setTimeout(ring, ms).unref()
  return () => clearTimeout(timer)
}
