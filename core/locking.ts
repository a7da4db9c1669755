// Locks the vault: calls are rejected and screens cleared right away, then running operations finish, then the keys are
// deleted. Does not drop tokens that are not on disk yet.
import { setTimeout as pause } from 'node:timers/promises'
import { type Problem, problem } from './problem.ts'
import type { LockCause } from './vault/opening.ts'
import type { LockInProgress, Vault } from './vault/vault.ts'

export interface Locking {
  /**
   * Locks; on the person's request if there is no cause. Returns when the keys are gone, after waiting for responses on their
   * way. Throws `conflict` if tokens cannot be written.
   */
  lock(cause?: LockCause): Promise<void>
  /** Whether it is locked to callers, but still open for running operations. */
  isLeaving(): boolean
}

export interface LockingParts {
  vault: Pick<Vault, 'lock'>
  /** Cancels what waits for the person, and waits for responses of servers. */
  settle(): Promise<void>
  /** Tries to write unsaved tokens; returns the names of the connections where that still fails. */
  saveUnsaved(): Promise<string[]>
  /** Drops everything that was loaded from the vault. */
  forget(): void
}

/** How soon writing tokens is tried again (ms). */
const retryAfter = 1_000

export function createLocking({ vault, settle, saveUnsaved, forget }: LockingParts): Locking {
  let leaving = 0

  async function underWay({ stillLocked, mayWrite }: LockInProgress): Promise<void> {
    await settle()
    while (mayWrite() && (await saveUnsaved()).length > 0) await pause(retryAfter, undefined, { ref: false })
    if (stillLocked()) forget()
  }

  return {
    async lock(cause) {
      // Automatic locking goes ahead anyway, and keeps the tokens until they are written.
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

/** The Problem if new tokens of these connections would be lost. */
export function unsavedTokensProblem(names: string[], remedy: string): Problem {
  return problem('conflict', `New tokens of ${names.join(', ')} could not be written yet.`, remedy)
}
