// An exchange's deadline and cancellation. Uses a monotonic clock, so that changing the system's clock has no effect.

/** One for each exchange. */
export interface Deadline {
  /** Aborted when time is up, or by the caller; its reason is nobody's to read. */
  readonly signal: AbortSignal
  /** Whether it was the time. */
  isOver(): boolean
  isCancelled(): boolean
  /** Begins, or begins anew. */
  restart(): void
  /** Nothing is waited for at the moment. */
  pause(): void
  readonly ms: number
}

/** Not running until it is begun. */
export function createDeadline(ms: number, signals: AbortSignal[]): Deadline {
  const time = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const pause = () => clearTimeout(timer)
  const restart = () => {
    pause()
    timer = setTimeout(() => time.abort('deadline'), ms)
  }
  return {
    signal: AbortSignal.any([time.signal, ...signals]),
    isOver: () => time.signal.aborted,
    isCancelled: () => signals.some((signal) => signal.aborted),
    restart,
    pause,
    ms,
  }
}
