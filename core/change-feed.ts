// Everybody who is told of changes: each begins with a snapshot. Owns what is told while the vault is locked, since what is
// under way goes on for a moment behind a shut door; refuses to tell anybody of that.
import type { Change, Snapshot } from '../contract/change.ts'

export interface ChangeFeed {
  send(change: Change): void
  sendSnapshot(): void
  /** Begins with a snapshot; answers a function that ends it. */
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
