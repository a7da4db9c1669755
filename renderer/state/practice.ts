// When to offer starting the practice services. Pure.
import type { ClientView } from '../../contract/client.ts'
import type { Failure } from '../../contract/failure.ts'
import type { PracticeStatus } from '../../contract/practice.ts'

/** Whether a failure is that of a practice service that does not run. */
export function wantsPractice(
  failure: Failure | null,
  client: Pick<ClientView, 'practice'> | undefined,
  practice: PracticeStatus,
): boolean {
  return failure?.kind === 'network' && practice.state !== 'running' && client?.practice === true
}
