// When waiting lines are written: together, shortly after the first of them; and again and again while the disk accepts
// nothing, which it explains once.
export interface LogFlushes {
  /** Writes what waits, all or in some files; returns whether it was written. What was not is tried again. */
  flush(names?: readonly string[]): boolean
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

/** `write` writes what waits, all or in some files, and returns the error if something could not be written, otherwise `null`. */
export function createLogFlushes(
  write: (names?: readonly string[]) => unknown,
  troubleWords: (error: unknown) => string,
): LogFlushes {
  let trouble: string | null = null
  let timer: NodeJS.Timeout | null = null

  function cancelTimer(): void {
    if (timer) clearTimeout(timer)
    timer = null
  }

  function flushAfter(delay: number): void {
    timer ??= setTimeout(() => flush(), delay).unref()
  }

  function flush(names?: readonly string[]): boolean {
    // After an outage all files are tried, because the disk may have room again.
    const asked = trouble === null ? names : undefined
    if (!asked) cancelTimer()
    const error = write(asked)
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
