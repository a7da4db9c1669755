// Sends changes to all listeners, after a snapshot each. While the vault is locked, sends nothing of the operations that are
// still finishing.
import type { Change, Snapshot } from '../contract/change.ts'

export interface ChangeFeed {
  send(change: Change): void
  sendSnapshot(): void
  /** Starts with a snapshot; returns a function that unsubscribes. */
  listen(onChange: (change: Change) => void): () => void
  leave(): void
}

export function createChangeFeed(snapshot: () => Snapshot, isLocked: () => boolean): ChangeFeed {
  const listeners = new Set<(change: Change) => void>()

  function send(change: Change): void {
    if (isLocked() && change.kind !== 'snapshot' && change.kind !== 'practice') return
    for (const listener of listeners) listener(change)
  }

  return {
    send,
    sendSnapshot() {
      // Reading all that is in one takes time, which a command that listens to nothing need not spend.
      if (listeners.size > 0) send({ kind: 'snapshot', snapshot: snapshot() })
    },
    listen(onChange) {
      onChange({ kind: 'snapshot', snapshot: snapshot() })
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
    leave: () => listeners.clear(),
  }
}
