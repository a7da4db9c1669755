// Sets up automatic renewal: the scheduler with this machine's clock and the application's refreshes, and the reminders of what
// cannot be renewed.
import type { Ports } from '../ports.ts'
import type { ConnectionStore } from './connection-store.ts'
import type { Refresher } from './refresh.ts'
import { createReminders } from './reminders.ts'
import { createScheduler, type Scheduler } from './scheduler.ts'

interface Parts {
  connections: ConnectionStore
  refresher: Refresher
  /** `false` while the vault is locked or being locked. */
  mayRenew(): boolean
}

export function renewal(
  { clock, alarm, notify }: Pick<Ports, 'clock' | 'alarm' | 'notify'>,
  { connections, refresher, mayRenew }: Parts,
): Scheduler {
  const refresh = refresher.refreshUnasked
  const onLook = notify ? createReminders({ clock, notify, connections }) : () => undefined
  return createScheduler({ clock, alarm, random: Math.random, connections, refresh, mayBegin: mayRenew, onLook })
}
