// Makes guessing at an open keyboard slow: each wrong passphrase in a row makes the next attempt wait longer.
import { setTimeout } from 'node:timers/promises'
import type { Clock } from '../ports.ts'
import { Problem } from '../problem.ts'
import { inTurn } from '../turns.ts'

/** Waits; tests pass one that only notes how long it was asked to. */
export type Pause = (milliseconds: number) => Promise<unknown>

export const pauseForReal: Pause = (milliseconds) => setTimeout(milliseconds)

const first = 500
const longest = 5_000

/** Milliseconds to wait before the next attempt after `failures` wrong ones in a row. */
export function passphraseDelay(failures: number): number {
  return failures === 0 ? 0 : Math.min(longest, first * 2 ** (failures - 1))
}

export interface PassphraseTurn {
  /**
   * Waits until the next attempt may be made, then makes it: one at a time, so that many at once gain nothing. `work` calls
   * `right` when the passphrase has proven right, and nothing else starts the count anew. A wrong one is thrown on with how
   * long the next will wait.
   */
  attempt<T>(work: (right: () => void) => Promise<T>): Promise<T>
}

/** Counts the wrong ones in a row. What has passed since the last counts towards the wait. */
export function createPassphraseTurn(clock: Clock, pause: Pause): PassphraseTurn {
  const turns = inTurn()
  let wrong = 0
  let since = 0

  async function attemptNow<T>(work: (right: () => void) => Promise<T>): Promise<T> {
    // A clock that was put back must not make the wait longer than it is.
    const passed = Math.max(0, clock.now() - since)
    await pause(Math.max(0, passphraseDelay(wrong) - passed))
    try {
      return await work(() => {
        wrong = 0
      })
    } catch (error) {
      if (!(error instanceof Problem) || error.failure.kind !== 'wrong_passphrase') throw error
      wrong += 1
      since = clock.now()
      throw new Problem({ ...error.failure, waits: passphraseDelay(wrong) })
    }
  }

  return { attempt: (work) => turns(() => attemptNow(work)) }
}
