// Renewing by itself, put together: the scheduler on this machine's clock, over the refreshes of the application.
import type { Ports } from '../ports.ts'
import type { ConnectionBook } from './connection-book.ts'
import type { Refresher } from './refresh.ts'
import { createScheduler, type Scheduler } from './scheduler.ts'

interface Parts {
  connections: ConnectionBook
  refresher: Refresher
  /** `false` while the vault is shut, or being shut. */
  mayRenew(): boolean
}

export function renewal(
  { clock, alarm }: Pick<Ports, 'clock' | 'alarm'>,
  { connections, refresher, mayRenew }: Parts,
): Scheduler {
  const refresh = refresher.refreshUnasked
  return createScheduler({ clock, alarm, random: Math.random, connections, refresh, mayBegin: mayRenew })
}
