// What the acts on connections have in common: made once by the application, given to each of them.
import type { FlowLog } from '../flows/flow-log.ts'
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
}
