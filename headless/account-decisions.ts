// What may become of another account's tokens, in the command line's words: as an option, and as an answer at a terminal.
import type { AccountDecision } from '../contract/attempt.ts'

const decisions: Record<string, AccountDecision> = { keep: 'keep_apart', replace: 'replace', discard: 'discard' }

export const decisionWords = Object.keys(decisions)

/** The decision that a word means; `undefined` for any other word. */
export function decisionOf(word: string): AccountDecision | undefined {
  return Object.hasOwn(decisions, word) ? decisions[word] : undefined
}
