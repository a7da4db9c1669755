// Makes guessing at an open keyboard slow: each wrong passphrase in a row makes the next attempt wait longer.
import { setTimeout } from 'node:timers/promises'

/** Waits; tests pass one that only notes how long it was asked to. */
export type Pause = (milliseconds: number) => Promise<unknown>

export const pauseForReal: Pause = (milliseconds) => setTimeout(milliseconds)

const first = 500
const longest = 5_000

/** Milliseconds to wait before the next attempt after `failures` wrong ones in a row. */
export function passphraseDelay(failures: number): number {
  return failures === 0 ? 0 : Math.min(longest, first * 2 ** (failures - 1))
}
