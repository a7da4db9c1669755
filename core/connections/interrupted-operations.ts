// After the vault is opened: connections whose refresh or revocation was cut off when the host stopped need attention, because
// the service may have carried it out.
import type { Failure } from '../../contract/failure.ts'
import { problem } from '../problem.ts'
import type { ConnectionStore } from './connection-store.ts'
import type { Operations } from './operations.ts'

interface Needed {
  connections: Pick<ConnectionStore, 'ids' | 'record' | 'update'>
  operations: Pick<Operations, 'isAtWork'>
}

/** Marks them, and removes the notes about the cut-off requests. */
export async function recoverInterrupted({ connections, operations }: Needed): Promise<void> {
  for (const id of connections.ids()) {
    const { refreshing, revoking, status: before } = connections.record(id)
    const cut = revoking ?? refreshing
    // The note of an operation that is running now is its own.
    if (!cut || operations.isAtWork(id)) continue
    const failure = stoppedDuring(revoking ? 'revocation' : 'refresh')
    // A second revocation was cut off: the first one was accepted all the same.
    const isAccepted = before.kind === 'revocation_accepted'
    const status = isAccepted ? before : { kind: 'needs_attention' as const, since: cut.since, failure }
    await connections.update(id, { refreshing: null, revoking: null, status })
  }
}

function stoppedDuring(what: 'refresh' | 'revocation'): Failure {
  const [happened, remedy] =
    what === 'revocation'
      ? [
          'Grantdesk stopped while a revocation was under way, so the tokens may be revoked at the service.',
          'Revoke again to be sure that they are; or refresh to find out, and to go on with it.',
        ]
      : [
          'Grantdesk stopped while a refresh was under way, so the service may have issued tokens that never arrived.',
          'Refresh to find out; if the service refuses, reconnect.',
        ]
  return problem('cancelled', happened, remedy).failure
}
