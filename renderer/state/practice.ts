// What belongs to the practice services, and when starting them is the way on. Pure.
import type { ClientView } from '../../contract/client.ts'
import type { Failure } from '../../contract/failure.ts'
import type { PracticeStatus } from '../../contract/practice.ts'

/** Whether the host registered this client at a practice service: by its name and by living on this machine. */
export function isPracticeClient({ name, baseUrl }: Pick<ClientView, 'name' | 'baseUrl'>): boolean {
  return name.startsWith('Practice ') && URL.parse(baseUrl)?.hostname === '127.0.0.1'
}

/** Whether a failure is that of a practice service that does not run. */
export function wantsPractice(
  failure: Failure | null,
  client: Pick<ClientView, 'name' | 'baseUrl'>,
  practice: PracticeStatus,
): boolean {
  return failure?.kind === 'network' && practice.state !== 'running' && isPracticeClient(client)
}
