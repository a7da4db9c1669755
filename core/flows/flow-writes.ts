// When flows are written and old ones removed: flows that begin or end together are written together, and removing waits for the
// end of a burst. Errors are ignored here, because the logs keep what cannot be written and try again.
import { ignoringErrors } from './ignoring-errors.ts'

export interface FlowWrites {
  /** Settles after the next write, which includes everything appended to this flow until then. */
  flushSoon(flowId: string): Promise<void>
  /** Removes what exceeds the bounds, a little later. */
  trimSoon(): void
  /** Does what is due now. */
  flush(): void
}

interface Steps {
  /** Writes what waits, all or of some flows. */
  write(flowIds?: ReadonlySet<string>): void
  trim(): void
}

/** Flows come in bursts; old ones are removed this long after the first of a burst (ms). */
const trimDelay = 500

export function createFlowWrites({ write, trim }: Steps): FlowWrites {
  let trimTimer: NodeJS.Timeout | null = null
  let next: { flowIds: Set<string>; written: Promise<void> } | null = null

  function flush(): void {
    const isDue = trimTimer !== null
    if (trimTimer) clearTimeout(trimTimer)
    trimTimer = null
    ignoringErrors(() => {
      if (isDue) trim()
      write()
    })
  }

  function nextWrite() {
    const flowIds = new Set<string>()
    const written = new Promise<void>((resolve) =>
      setImmediate(() => {
        next = null
        ignoringErrors(() => write(flowIds))
        resolve()
      }),
    )
    return { flowIds, written }
  }

  return {
    flushSoon(flowId) {
      next ??= nextWrite()
      next.flowIds.add(flowId)
      return next.written
    },
    trimSoon() {
      trimTimer ??= setTimeout(flush, trimDelay).unref()
    },
    flush,
  }
}
