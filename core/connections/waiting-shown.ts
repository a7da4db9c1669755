// Shows at connections that are due but back off what they wait for, and clears it from the others.
import type { BackOff } from './back-off.ts'
import type { ConnectionStore } from './connection-store.ts'
import type { Item } from './renewal-agenda.ts'

export interface WaitingShown {
  /** Shows it for these; connections that are being refreshed (`running`) keep what they show. */
  update(items: Item[], running: Iterable<string>, now: number): void
  has(id: string): boolean
  /** Forgets what is shown, without clearing it from the connections. */
  forget(): void
}

export function createWaitingShown(
  connections: Pick<ConnectionStore, 'setWaiting'>,
  backOff: Pick<BackOff, 'of'>,
): WaitingShown {
  const shown = new Set<string>()
  return {
    update(items, running, now) {
      const waiting = new Set([...running].filter((id) => shown.has(id)))
      for (const { connection, at } of items) {
        const outage = backOff.of(connection)
        if (at > now || outage === null || outage.until <= now) continue
        waiting.add(connection.id)
        connections.setWaiting(connection.id, { for: outage.for, since: outage.since, until: outage.until })
      }
      for (const id of shown) if (!waiting.has(id)) connections.setWaiting(id, null)
      shown.clear()
      for (const id of waiting) shown.add(id)
    },
    has: (id) => shown.has(id),
    forget: () => shown.clear(),
  }
}
