// An exchange's deadline and cancellation. Uses a monotonic clock, so that changing the system's clock has no effect.

/** The deadline of one exchange. */
export interface Deadline {
  /** Aborted when time is up or by the caller; its reason has no meaning. */
  readonly signal: AbortSignal
  /** Whether time is up. */
  isOver(): boolean
  isCancelled(): boolean
  /** Starts the time, again if it is running. */
  restart(): void
  /** Stops the time while nothing is waited for. */
  pause(): void
  readonly ms: number
}

/** Stopped at first. */
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
