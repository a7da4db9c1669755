// Keeps the response bodies that were shown last, so that they can be saved.
import { problem } from '../problem.ts'
import type { AnswerBody } from './answer-body.ts'

/** Enough for a few windows and commands, each of which shows one. */
const mostAnswers = 4

export interface KeptAnswers {
  keep(key: string, body: AnswerBody): void
  /** Throws `not_found` for one that is no longer kept. */
  find(key: string): AnswerBody
  /** Drops all, when the vault locks or the host ends. */
  forget(): void
}

export function createKeptAnswers(): KeptAnswers {
  const answers = new Map<string, AnswerBody>()

  function drop(key: string): void {
    answers.get(key)?.close()
    answers.delete(key)
  }

  return {
    keep(key, body) {
      drop(key)
      answers.set(key, body)
      const [oldest] = answers.keys()
      if (answers.size > mostAnswers && oldest !== undefined) drop(oldest)
    },
    find(key) {
      const body = answers.get(key)
      if (!body) throw problem('not_found', 'This answer is no longer kept.', 'Send the request again.')
      return body
    },
    forget() {
      for (const key of [...answers.keys()]) drop(key)
    },
  }
}
