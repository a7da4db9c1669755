// When waiting lines are written: together, shortly after the first of them; and again and again while the disk accepts
// nothing, which it explains once.
export interface LogFlushes {
  /** Writes what waits; returns whether all was written. What was not is tried again. */
  flush(): boolean
  /** Flushes after a short delay, because events come in bursts. */
  flushSoon(): void
  /** Why lines cannot be written now, in words; `null` if they can. */
  trouble(): string | null
  stop(): void
}

/** Lines within this time (ms) are written together. */
const writeDelay = 200
/** The time between two tries to write (ms). */
const retryDelay = 2_000

/** `write` returns the error if something could not be written, otherwise `null`. */
export function createLogFlushes(write: () => unknown, troubleWords: (error: unknown) => string): LogFlushes {
  let trouble: string | null = null
  let timer: NodeJS.Timeout | null = null

  function cancelTimer(): void {
    if (timer) clearTimeout(timer)
    timer = null
  }

  function flushAfter(delay: number): void {
    timer ??= setTimeout(flush, delay).unref()
  }

  function flush(): boolean {
    cancelTimer()
    const error = write()
    if (error === null) {
      trouble = null
      return true
    }
    trouble ??= troubleWords(error)
    flushAfter(retryDelay)
    return false
  }

  return {
    flush,
    flushSoon: () => flushAfter(writeDelay),
    trouble: () => trouble,
    stop() {
      cancelTimer()
      trouble = null
    },
  }
}
