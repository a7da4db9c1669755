// Why tokens that came may be of no use, as far as the API said: it refused them, or what it was asked at. Pure.
import { apiAnswerWords } from '../../contract/api-answer.ts'
import type { ConnectionView } from '../../contract/connection.ts'

/** In a sentence; `null` where nothing is known against them. */
export function doubtOf({ status, apiAnswer }: Pick<ConnectionView, 'status' | 'apiAnswer'>): string | null {
  if (status.kind === 'needs_attention') return status.failure.message
  return status.kind === 'good' && apiAnswer !== null && apiAnswer.why !== null ? apiAnswerWords(apiAnswer) : null
}
