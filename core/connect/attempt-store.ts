// The running and recently ended attempts; notifies of each change.
import type { Attempt } from '../../contract/attempt.ts'
import { problem } from '../problem.ts'

export interface AttemptStore {
  views(): Attempt[]
  /** Throws `not_found`. */
  find(id: string): Attempt
  set(attempt: Attempt): Attempt
  remove(id: string): void
  clear(): void
}

export function createAttemptStore(onSet: (attempt: Attempt) => void, onRemove: (id: string) => void): AttemptStore {
  const attempts = new Map<string, Attempt>()
  return {
    views: () => [...attempts.values()],
    find(id) {
      const found = attempts.get(id)
      if (!found) throw problem('not_found', 'This attempt has ended.', 'Start again.')
      return found
    },
    set(attempt) {
      attempts.set(attempt.id, attempt)
      onSet(attempt)
      return attempt
    },
    remove(id) {
      if (attempts.delete(id)) onRemove(id)
    },
    clear: () => attempts.clear(),
  }
}
