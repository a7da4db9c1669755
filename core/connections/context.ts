// What all operations on connections share: created once by the application.

import type { FlowLog } from '../flows/flow-log.ts'
import type { Recording } from '../flows/recording.ts'
import type { Limits, RetryPolicy } from '../flows/retry-policy.ts'
import type { History } from '../history/history.ts'
import type { Clock, Log } from '../ports.ts'
import type { ServiceRegistry } from '../services/registry.ts'
import type { ClientStore } from './client-store.ts'
import type { ConnectionStore } from './connection-store.ts'
import type { Operations } from './operations.ts'

export interface Context {
  clock: Clock
  log: Log
  services: ServiceRegistry
  clients: ClientStore
  connections: ConnectionStore
  flows: FlowLog
  history: History
  operations: Operations
  /** How an operation on a connection, recorded in `recording`, retries its requests. */
  retryPolicyFor(connectionId: string, recording: Recording, limits?: Limits): RetryPolicy
}
