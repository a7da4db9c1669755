// When flows are written and old ones removed: flows that end together are written together, and removing waits for the end of
// a burst. Errors are ignored here, because the logs keep what cannot be written and try again.
import type { SealedLogs } from '../sealed-log/sealed-logs.ts'
import { ignoringErrors } from './ignoring-errors.ts'

export interface FlowWrites {
  /** Settles after the next write, which includes everything appended until then. */
  flushSoon(): Promise<void>
  /** Removes what exceeds the bounds, a little later. */
  trimSoon(): void
  /** Does what is due now. */
  flush(): void
}

/** Flows come in bursts; old ones are removed this long after the first of a burst (ms). */
const trimDelay = 500

export function createFlowWrites(logs: Pick<SealedLogs, 'flush'>, trim: () => void): FlowWrites {
  let trimTimer: NodeJS.Timeout | null = null
  let flushing: Promise<void> | null = null

  function flush(): void {
    const isDue = trimTimer !== null
    if (trimTimer) clearTimeout(trimTimer)
    trimTimer = null
    ignoringErrors(() => {
      if (isDue) trim()
      logs.flush()
    })
  }

  return {
    flushSoon() {
      flushing ??= new Promise((flushed) =>
        setImmediate(() => {
          flushing = null
          ignoringErrors(() => logs.flush())
          flushed()
        }),
      )
      return flushing
    },
    trimSoon() {
      trimTimer ??= setTimeout(flush, trimDelay).unref()
    },
    flush,
  }
}
