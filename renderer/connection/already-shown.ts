// A failure that a connection’s header shows already is not shown again below it.
import type { ConnectionView } from '../../contract/connection.ts'
import { type Failure, isSameFailure } from '../../contract/failure.ts'

/** Whether the failure is the one that marked the connection, or what its API answered last: its header shows both. */
export function isAlreadyShown(
  { status, apiAnswer }: Pick<ConnectionView, 'status' | 'apiAnswer'>,
  failure: Failure,
): boolean {
  if (status.kind === 'needs_attention') return isSameFailure(status.failure, failure)
  if (status.kind !== 'good' || apiAnswer === null || apiAnswer.why === null) return false
  const answered = failure.kind === 'unexpected_answer' || (failure.kind === 'refused' && failure.by === 'api')
  return answered && failure.status === apiAnswer.status
}
