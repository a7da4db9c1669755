// The warning beside tokens that the API refused, or whose test path it refused. Pure.
import { apiAnswerWords } from '../../contract/api-answer.ts'
import type { ConnectionView } from '../../contract/connection.ts'

/** One sentence; `null` if the API accepted them or was not asked. */
export function tokenWarningOf({ status, apiAnswer }: Pick<ConnectionView, 'status' | 'apiAnswer'>): string | null {
  if (status.kind === 'needs_attention') return status.failure.message
  return status.kind === 'good' && apiAnswer !== null && apiAnswer.why !== null ? apiAnswerWords(apiAnswer) : null
}
