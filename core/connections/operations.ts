// What is under way: operations that change a connection's tokens take turns on it, and locking the vault waits for all of
// them, because an answer that comes to a locked vault is an answer lost. Who waits for one may end it.

import { keyedMutex } from '../mutex.ts'
import { problem } from '../problem.ts'

export interface Operations {
  /** One at a time per connection: refresh, revoke, reconnect, remove. Throws `vault_locked` while the vault is closing. */
  onTokens<T>(connectionId: string, work: () => Promise<T>): Promise<T>
  /**
   * An act that is let in as a whole: closing waits for it, and its own turns on tokens are not refused any more.
   * Throws `vault_locked` while the vault is closing.
   */
  whole<T>(work: (onTokens: Operations['onTokens']) => Promise<T>): Promise<T>
  /** Whether such an act is at work on it, or waits for its turn. */
  isAtWork(connectionId: string): boolean
  /** Refuses what is new and waits for what is under way. */
  settle(): Promise<void>
  /** Aborted while the vault is closing: nobody waits any longer than for what is on its way. */
  closing(): AbortSignal
  /** Aborted when what waits on this connection now is cancelled; what begins after that is not. */
  cancellation(connectionId: string): AbortSignal
  /** Ends what waits on it: every pause, and every request whose answer has not come. */
  cancel(connectionId: string): void
  reopen(): void
}

export function createOperations(): Operations {
  const turn = keyedMutex()
  /** What is under way, with the connection whose tokens it changes, if that is known. */
  const underWay = new Map<Promise<unknown>, string | null>()
  const cancellations = new Map<string, AbortController>()
  let closing = new AbortController()

  function track<T>(connectionId: string | null, work: () => Promise<T>): Promise<T> {
    if (closing.signal.aborted)
      return Promise.reject(problem('vault_locked', 'The vault is being locked.', 'Unlock it and try again.'))
    const running = work()
    underWay.set(running, connectionId)
    const done = () => underWay.delete(running)
    running.then(done, done)
    return running
  }

  return {
    onTokens: (connectionId, work) => track(connectionId, () => turn(connectionId, work)),
    whole: (work) => track(null, () => work(turn)),
    isAtWork: (connectionId) => [...underWay.values()].includes(connectionId),
    async settle() {
      closing.abort()
      while (underWay.size > 0) await Promise.allSettled(underWay.keys())
    },
    closing: () => closing.signal,
    cancellation(connectionId) {
      const present = cancellations.get(connectionId) ?? new AbortController()
      cancellations.set(connectionId, present)
      return present.signal
    },
    cancel(connectionId) {
      cancellations.get(connectionId)?.abort()
      cancellations.delete(connectionId)
    },
    reopen() {
      if (closing.signal.aborted) closing = new AbortController()
    },
  }
}
