// Locking: the door is shut and every screen cleared at once, whatever is under way. Owns the time between that and the
// moment when the keys are gone; refuses to forget tokens that are not on disk, because that would lose them.
import { setTimeout as pause } from 'node:timers/promises'
import { type Problem, problem } from './problem.ts'
import type { LockCause } from './vault/opening.ts'
import type { Leaving, Vault } from './vault/vault.ts'

export interface Locking {
  /**
   * Locks, by hand where no cause is given; returns when the keys are gone, which waits for answers that are on their way.
   * Throws `conflict` over tokens that cannot be written.
   */
  lock(cause?: LockCause): Promise<void>
  /** Whether it is locked to everybody, while what is under way still needs what it holds. */
  isLeaving(): boolean
}

export interface LockingParts {
  vault: Pick<Vault, 'lock'>
  /** Ends what waits for the person, and waits for what a server is to answer. */
  settle(): Promise<void>
  /** Writes tokens that could not be written before; answers the names of those connections for which it still cannot. */
  saveUnsaved(): Promise<string[]>
  /** Drops all that was read from the vault. */
  forget(): void
}

/** How soon tokens that cannot be written are tried again (ms). */
const retryAfter = 1_000

export function createLocking({ vault, settle, saveUnsaved, forget }: LockingParts): Locking {
  let leaving = 0

  async function underWay({ stillLocked, mayWrite }: Leaving): Promise<void> {
    await settle()
    while (mayWrite() && (await saveUnsaved()).length > 0) await pause(retryAfter, undefined, { ref: false })
    if (stillLocked()) forget()
  }

  return {
    async lock(cause) {
      // By itself it locks all the same, and keeps them until they are written.
      const unsaved = cause === undefined ? await saveUnsaved() : []
      if (unsaved.length > 0) throw unsavedTokensProblem(unsaved, 'Make room on the disk, then lock.')
      leaving += 1
      try {
        await vault.lock(cause, underWay)
      } finally {
        leaving -= 1
      }
    },
    isLeaving: () => leaving > 0,
  }
}

/** The refusal to forget new tokens of the connections named. */
export function unsavedTokensProblem(names: string[], remedy: string): Problem {
  return problem('conflict', `New tokens of ${names.join(', ')} could not be written yet.`, remedy)
}
