// What is under way: acts that change a connection's tokens take turns on it, and locking the vault waits for all of
// them, because an answer that comes to a locked vault is an answer lost.
import { problem } from '../problem.ts'
import { inTurnByKey } from '../turns.ts'

export interface Acts {
  /** One at a time per connection: refresh, revoke, reconnect, remove. Throws `vault_locked` while the vault is closing. */
  onTokens<T>(connectionId: string, work: () => Promise<T>): Promise<T>
  /** Refuses what is new and waits for what is under way. */
  settle(): Promise<void>
  reopen(): void
}

export function createActs(): Acts {
  const turn = inTurnByKey()
  const underWay = new Set<Promise<unknown>>()
  let closing = false

  function track<T>(work: () => Promise<T>): Promise<T> {
    if (closing)
      return Promise.reject(problem('vault_locked', 'The vault is being locked.', 'Unlock it and try again.'))
    const running = work()
    underWay.add(running)
    const done = () => underWay.delete(running)
    running.then(done, done)
    return running
  }

  return {
    onTokens: (connectionId, work) => track(() => turn(connectionId, work)),
    async settle() {
      closing = true
      while (underWay.size > 0) await Promise.allSettled(underWay)
    },
    reopen() {
      closing = false
    },
  }
}
