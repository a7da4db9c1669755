// What the acts on connections have in common: made once by the application, given to each of them.

import type { FlowLog } from '../flows/flow-log.ts'
import type { Limits, Patience } from '../flows/patience.ts'
import type { Recording } from '../flows/recording.ts'
import type { History } from '../history/history.ts'
import type { Clock, Log } from '../ports.ts'
import type { ServiceRegistry } from '../services/registry.ts'
import type { Acts } from './acts.ts'
import type { ClientBook } from './client-book.ts'
import type { ConnectionBook } from './connection-book.ts'

export interface Context {
  clock: Clock
  log: Log
  services: ServiceRegistry
  clients: ClientBook
  connections: ConnectionBook
  flows: FlowLog
  history: History
  acts: Acts
  /** How an act on a connection, written down in `recording`, bears with a network or a server in trouble. */
  patienceFor(connectionId: string, recording: Recording, limits?: Limits): Patience
}
