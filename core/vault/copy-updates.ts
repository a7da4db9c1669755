// When the last good copy is updated: once nothing has been written for a moment, so that it does not slow down a burst of
// writes, and never from a document with a record that is damaged or was not verified.

/** Calls `work` after this many milliseconds; returns a function that cancels it. Must not keep the process alive. */
export type Later = (ms: number, work: () => void) => () => void

export interface CopyUpdates {
  /** Whether every record of the document is known to be whole. */
  isVerified(): boolean
  verified(isWhole: boolean): void
  /** Updates the copy now, if it may be. A failure leaves it as it is. */
  updateNow(): void
}

/** How long nothing must have been written (ms). */
const quietTime = 1_000

const onTimer: Later = (ms, work) => {
  const timer = setTimeout(work, ms)
  timer.unref()
  return () => clearTimeout(timer)
}

/** `update` updates the copy. */
export function createCopyUpdates(update: () => void, later: Later = onTimer): CopyUpdates {
  let isVerified = false
  let cancel = () => {}

  function updateNow(): void {
    cancel()
    if (!isVerified) return
    try {
      update()
    } catch {
      // A full or read-only disk: the next write reports it.
    }
  }

  return {
    isVerified: () => isVerified,
    verified(isWhole) {
      isVerified = isWhole
      cancel()
      if (isWhole) cancel = later(quietTime, updateNow)
    },
    updateNow,
  }
}
