// Sends changes to all listeners, after a snapshot each. While the vault is locked, sends nothing of the operations that are
// still finishing.
import type { Change, Snapshot } from '../contract/change.ts'

export interface ChangeFeed {
  /** A function is called only if somebody listens: making a change may take longer than what it is about. */
  send(change: Change | (() => Change)): void
  sendSnapshot(): void
  /** Starts with a snapshot; returns a function that unsubscribes. */
  listen(onChange: (change: Change) => void): () => void
  leave(): void
}

export function createChangeFeed(snapshot: () => Snapshot, isLocked: () => boolean): ChangeFeed {
  const listeners = new Set<(change: Change) => void>()

  function send(given: Change | (() => Change)): void {
    if (listeners.size === 0) return
    const change = typeof given === 'function' ? given() : given
    if (isLocked() && change.kind !== 'snapshot' && change.kind !== 'practice') return
    for (const listener of listeners) listener(change)
  }

  return {
    send,
    sendSnapshot: () => send(() => ({ kind: 'snapshot', snapshot: snapshot() })),
    listen(onChange) {
      onChange({ kind: 'snapshot', snapshot: snapshot() })
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
    leave: () => listeners.clear(),
  }
}
