// Retry policies for operations on connections: show at the connection what is waited for, and stop waiting when the vault is
// being locked or the person cancels.
import { createRetryPolicy } from '../flows/retry-policy.ts'
import type { Pause } from '../ports.ts'
import type { ConnectionStore } from './connection-store.ts'
import type { Context } from './context.ts'
import type { Operations } from './operations.ts'

interface Dependencies {
  pause: Pause
  connections: Pick<ConnectionStore, 'setWaiting'>
  operations: Pick<Operations, 'closing' | 'cancellation'>
}

export function retryPolicyFactory({ pause, connections, operations }: Dependencies): Context['retryPolicyFor'] {
  return (id, recording, limits) =>
    createRetryPolicy(
      {
        pause,
        random: Math.random,
        recording,
        signal: operations.closing(),
        cancelled: operations.cancellation(id),
        onWait: (waiting) => connections.setWaiting(id, waiting),
      },
      limits,
    )
}
