// What stands at a connection's head already is not told a second time below.
import type { ConnectionView } from '../../contract/connection.ts'
import { type Failure, isSameFailure } from '../../contract/failure.ts'

/** Whether this refusal marked the connection, or is what its API answered last, and so stands at its head. */
export function isSaidAbove(
  { status, apiAnswer }: Pick<ConnectionView, 'status' | 'apiAnswer'>,
  failure: Failure,
): boolean {
  if (status.kind === 'needs_attention') return isSameFailure(status.failure, failure)
  if (status.kind !== 'good' || apiAnswer === null || apiAnswer.why === null) return false
  const answered = failure.kind === 'unexpected_answer' || (failure.kind === 'refused' && failure.by === 'api')
  return answered && failure.status === apiAnswer.status
}
