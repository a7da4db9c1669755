// The decisions about another account's tokens, as words for an option and for the prompt.
import type { AccountDecision } from '../contract/attempt.ts'

const decisions: Record<string, AccountDecision> = { keep: 'keep_apart', replace: 'replace', discard: 'discard' }

export const decisionWords = Object.keys(decisions)

/** The decision for a word; `undefined` for any other word. */
export function decisionOf(word: string): AccountDecision | undefined {
  return Object.hasOwn(decisions, word) ? decisions[word] : undefined
}
