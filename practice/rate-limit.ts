// Rate limiting in the practice services: a fixed window of one minute per credential.
export interface RateLimit {
  /** Counts a request. `reset` is in epoch seconds. */
  count(credential: string): { allowed: boolean; remaining: number; reset: number }
}

export function createRateLimit(perMinute: number): RateLimit {
  const windows = new Map<string, { minute: number; used: number }>()
  return {
    count(credential) {
      const minute = Math.floor(Date.now() / 60_000)
      const known = windows.get(credential)
      const window = known?.minute === minute ? known : { minute, used: 0 }
      window.used += 1
      windows.set(credential, window)
      return {
        allowed: window.used <= perMinute,
        remaining: Math.max(0, perMinute - window.used),
        reset: (minute + 1) * 60,
      }
    },
  }
}
