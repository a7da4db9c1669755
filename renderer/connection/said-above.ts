// What stands at a connection's head already is not told a second time below.
import type { ConnectionView } from '../../contract/connection.ts'
import type { Failure } from '../../contract/failure.ts'

/** Whether this refusal marked the connection, and so stands at its head. */
export function isSaidAbove({ standing }: Pick<ConnectionView, 'standing'>, failure: Failure): boolean {
  return standing.kind === 'needs_attention' && standing.failure.message === failure.message
}
