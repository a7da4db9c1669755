// Why tokens that came may be of no use, as far as the API said: it refused them, or what it was asked at. Pure.
import { apiAnswerWords } from '../../contract/api-answer.ts'
import type { ConnectionView } from '../../contract/connection.ts'

/** In a sentence; `null` where nothing is known against them. */
export function doubtOf({ standing, apiAnswer }: Pick<ConnectionView, 'standing' | 'apiAnswer'>): string | null {
  if (standing.kind === 'needs_attention') return standing.failure.message
  return standing.kind === 'good' && apiAnswer !== null && apiAnswer.why !== null ? apiAnswerWords(apiAnswer) : null
}
