// Running operations: those that change a connection's tokens run one at a time per connection, and locking the vault waits
// for all of them, because a response that arrives at a locked vault would be lost. Waiting operations can be cancelled.

import { keyedMutex } from '../mutex.ts'
import { problem } from '../problem.ts'

export interface Operations {
  /** One at a time per connection: refresh, revoke, reconnect, remove. Throws `vault_locked` while the vault is closing. */
  onTokens<T>(connectionId: string, work: () => Promise<T>): Promise<T>
  /**
   * Runs an operation of several steps: closing waits for all of it, and does not reject its later `onTokens` calls.
   * Throws `vault_locked` while the vault is closing.
   */
  whole<T>(work: (onTokens: Operations['onTokens']) => Promise<T>): Promise<T>
  /** Whether an operation is running or queued on this connection. */
  isAtWork(connectionId: string): boolean
  /** Rejects new operations and waits for running ones. */
  settle(): Promise<void>
  /** Aborted when the vault is closing: then only responses on their way are waited for. */
  closing(): AbortSignal
  /** Aborted when this connection's current operations are cancelled; later ones are not affected. */
  cancellation(connectionId: string): AbortSignal
  /** Cancels its pauses and unanswered requests. */
  cancel(connectionId: string): void
  reopen(): void
}

export function createOperations(): Operations {
  const exclusively = keyedMutex()
  /** Running operations, each with the connection whose tokens it changes, if known. */
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
    onTokens: (connectionId, work) => track(connectionId, () => exclusively(connectionId, work)),
    whole: (work) => track(null, () => work(exclusively)),
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
