// Slows down guessing: each wrong passphrase in a row makes the next attempt wait longer. Limits how many may queue, so that a
// flood of guesses does not keep everyone else waiting.
import { setTimeout } from 'node:timers/promises'
import type { Clock } from '../ports.ts'
import { Problem, problem } from '../problem.ts'

/** Waits; tests pass one that only notes how long it was asked to. */
export type Pause = (milliseconds: number) => Promise<unknown>

export const pauseForReal: Pause = (milliseconds) => setTimeout(milliseconds)

const first = 500
const longest = 5_000

/** How many attempts may queue once a passphrase was wrong. */
const mostWaiting = 3

/** Milliseconds to wait before the next attempt after `failures` wrong ones in a row. */
export function passphraseDelay(failures: number): number {
  return failures === 0 ? 0 : Math.min(longest, first * 2 ** (failures - 1))
}

export interface PassphraseThrottle {
  /**
   * Waits until the next attempt is allowed, then runs it, one at a time, so that parallel guesses gain nothing. `work` calls
   * `right` if the passphrase is right, which alone resets the count. Rethrows a wrong one with how long the next will wait.
   * Throws `conflict` without trying if too many are queued.
   */
  attempt<T>(work: (right: () => void) => Promise<T>): Promise<T>
}

/** Counts wrong passphrases in a row. Time since the last one counts towards the wait. */
export function createPassphraseThrottle(clock: Clock, pause: Pause): PassphraseThrottle {
  const line: { begin(): void; refuse(reason: Problem): void }[] = []
  let busy = false
  let wrong = 0
  let since = 0

  function takePlace(): Promise<void> {
    if (wrong > 0 && line.length >= mostWaiting) return Promise.reject(tooMany(wrong))
    if (busy) return new Promise((begin, refuse) => line.push({ begin, refuse }))
    busy = true
    return Promise.resolve()
  }

  /** Those that asked before the first wrong one may stand far back in the line. */
  function leavePlace(): void {
    const next = line.shift()
    if (wrong > 0) for (const { refuse } of line.splice(mostWaiting)) refuse(tooMany(wrong))
    if (next) next.begin()
    else busy = false
  }

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
      throw error.as({ ...error.failure, waits: passphraseDelay(wrong) })
    }
  }

  return {
    async attempt(work) {
      await takePlace()
      try {
        return await attemptNow(work)
      } finally {
        leavePlace()
      }
    },
  }
}

/** Names the time after which all that are in line will have been tried, should they all be wrong. */
function tooMany(wrong: number): Problem {
  let wait = 0
  for (let ahead = 0; ahead <= mostWaiting; ahead += 1) wait += passphraseDelay(wrong + ahead)
  return problem(
    'conflict',
    'Other attempts with a wrong passphrase came first and are waiting. This one was not tried.',
    `Try again in ${Math.ceil(wait / 1000)} seconds.`,
  )
}
