// When each connection is to be renewed: staggered, spread out where many are overdue, and none twice within a minute.
import type { ConnectionView } from '../../contract/connection.ts'
import type { BackOff } from './back-off.ts'
import { dueAt, renewsByItself } from './due.ts'

export interface Item {
  connection: ConnectionView
  /** When to renew it (ms). */
  at: number
}

/** What the agenda asks about a connection at work or waiting. */
export interface Progress {
  isRunning(id: string): boolean
  /** Whether it is shown as waiting, because it failed recently. */
  isWaiting(id: string): boolean
}

export interface RenewalAgenda {
  /** The connections that renew by themselves, the earliest first; those that failed recently come last. */
  of(views: ConnectionView[], now: number): Item[]
  /** Its refresh has begun. */
  begun(id: string, now: number): void
  /** The machine slept, or its clock was changed: plans anew. */
  forget(): void
}

/** Overdue refreshes are spread over this time (ms), or over less if there are few. */
const longestSpread = 30_000
const spreadEach = 250
/** No connection is refreshed twice within this time (ms). */
const shortestPeriod = 60_000

interface Plan {
  expiresAt: number | null
  /** Staggers connections, from 0 to 1. */
  spread: number
  /** The earliest time for one that was overdue when first seen (ms). */
  notBefore: number
}

/** `random` returns numbers from 0 to 1. */
export function createRenewalAgenda(
  random: () => number,
  backOff: Pick<BackOff, 'of'>,
  { isRunning, isWaiting }: Progress,
): RenewalAgenda {
  const plans = new Map<string, Plan>()
  const lastBegun = new Map<string, number>()

  function planFor(connection: ConnectionView, overdue: number, now: number): Plan {
    const known = plans.get(connection.id)
    if (known && known.expiresAt === connection.expiresAt) return known
    const spread = random()
    const isOverdue = dueAt(connection, spread, now) <= now
    const delay = isOverdue ? random() * Math.min(longestSpread, spreadEach * overdue) : 0
    const plan = { expiresAt: connection.expiresAt, spread, notBefore: now + delay }
    plans.set(connection.id, plan)
    return plan
  }

  function rank({ id }: ConnectionView): number {
    return isWaiting(id) ? (lastBegun.get(id) ?? 0) : 0
  }

  return {
    of(views, now) {
      const ids = new Set(views.map(({ id }) => id))
      for (const id of plans.keys()) if (!ids.has(id)) plans.delete(id)
      const wanted = views.filter((view) => renewsByItself(view, now) && view.busy === null && !isRunning(view.id))
      const overdue = wanted.filter((view) => dueAt(view, 1, now) <= now).length
      return wanted
        .map((connection) => {
          const { spread, notBefore } = planFor(connection, overdue, now)
          const again = (lastBegun.get(connection.id) ?? Number.NEGATIVE_INFINITY) + shortestPeriod
          const waits = backOff.of(connection)
          const at = Math.max(dueAt(connection, spread, now), notBefore, waits ? 0 : again)
          return { connection, at }
        })
        .toSorted((one, other) => rank(one.connection) - rank(other.connection) || one.at - other.at)
    },
    begun: (id, now) => void lastBegun.set(id, now),
    forget() {
      plans.clear()
      lastBegun.clear()
    },
  }
}
