// Renews tokens automatically before they expire: one timer for all connections, a few refreshes at a time, backing off while
// the network is down. Checks again right after the machine slept or its clock was changed.
import type { ConnectionView } from '../../contract/connection.ts'
import type { Alarm, Clock } from '../ports.ts'
import { createBackOff } from './back-off.ts'
import type { ConnectionStore } from './connection-store.ts'
import { dueAt, renewsByItself } from './due.ts'
import { isRefusal } from './previous-token.ts'

export interface Scheduler {
  /** Starts, or checks again right away, as after a sleep: earlier failures no longer count then. */
  start(): void
  /** Lets running refreshes finish. */
  stop(): void
}

interface Dependencies {
  clock: Clock
  alarm: Alarm
  /** From 0 to 1. */
  random: () => number
  connections: Pick<ConnectionStore, 'views' | 'setWaiting'>
  /** Refreshes one connection; calls `isNews` with a failure before it is recorded anywhere. Throws Problem. */
  refresh(id: string, isNews: (error: unknown) => boolean): Promise<void>
  /** `false` while the vault is being locked. */
  mayBegin(): boolean
  /** Called at every check with all connections; must not throw. */
  onLook(views: ConnectionView[]): void
}

/** The longest time between two checks (ms), because timers do not advance while the machine sleeps. */
const heartbeat = 30_000
/** A timer this much (ms) early or late means that the machine slept, or its clock was changed. */
const drift = 10_000
/** How many are refreshed concurrently. */
const atOnce = 3
/** Overdue refreshes are spread over this time (ms), or over less if there are few. */
const longestSpread = 30_000
const spreadEach = 250
/** Tokens that are due within this time of each other (ms) share one check. */
const together = 50
/** No connection is refreshed twice within this time (ms). */
const shortestPeriod = 60_000

interface Plan {
  expiresAt: number | null
  /** Staggers connections, from 0 to 1. */
  spread: number
  /** The earliest time for one that was overdue when first seen (ms). */
  notBefore: number
}

interface Item {
  connection: ConnectionView
  /** When to renew it (ms). */
  at: number
}

export function createScheduler(dependencies: Dependencies): Scheduler {
  const { clock, alarm, random, connections, refresh } = dependencies
  const plans = new Map<string, Plan>()
  const lastBegun = new Map<string, number>()
  const running = new Map<string, ConnectionView>()
  const backOff = createBackOff(random)
  /** The connections that are shown as waiting. */
  const shown = new Set<string>()
  let cancel: (() => void) | null = null
  /** When the next check is due, and the latest it can be if the clock does not change (ms). */
  let armed: { at: number; until: number } | null = null

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

  /** When each connection is to be renewed, the earliest first; those that failed recently come last. */
  function agenda(views: ConnectionView[], now: number): Item[] {
    const wanted = views.filter((view) => renewsByItself(view, now) && view.busy === null && !running.has(view.id))
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
  }

  function rank({ id }: ConnectionView): number {
    return shown.has(id) ? (lastBegun.get(id) ?? 0) : 0
  }

  function look(): void {
    const now = clock.now()
    if (jumped(now)) afresh()
    const views = connections.views()
    if (dependencies.mayBegin()) dependencies.onLook(views)
    const ids = new Set(views.map(({ id }) => id))
    for (const id of plans.keys()) if (!ids.has(id)) plans.delete(id)
    const items = agenda(views, now)
    showWaiting(items, now)
    let next = now + heartbeat
    for (const { connection, at } of items) {
      const when = Math.max(at, backOff.of(connection)?.until ?? 0)
      if (when <= now) begin(connection, now)
      else next = Math.min(next, when)
    }
    arm(next - now)
  }

  /** Shows at connections that are due but backing off what they wait for, and clears it from the others. */
  function showWaiting(items: Item[], now: number): void {
    const waiting = new Set([...running.keys()].filter((id) => shown.has(id)))
    for (const { connection, at } of items) {
      const outage = backOff.of(connection)
      if (at > now || outage === null || outage.until <= now) continue
      waiting.add(connection.id)
      connections.setWaiting(connection.id, { for: outage.for, since: outage.since, until: outage.until })
    }
    for (const id of shown) if (!waiting.has(id)) connections.setWaiting(id, null)
    shown.clear()
    for (const id of waiting) shown.add(id)
  }

  /** Starts a refresh if there is room; of connections with the same possible cause of failure, only one tries. */
  function begin(connection: ConnectionView, now: number): void {
    if (running.size >= atOnce || !dependencies.mayBegin()) return
    const suspects = new Set(backOff.suspects(connection))
    const ahead = [...running.values()].some((other) => backOff.suspects(other).some((key) => suspects.has(key)))
    if (ahead) return
    const { id } = connection
    running.set(id, connection)
    lastBegun.set(id, now)
    const note = (error: unknown) => {
      const isNews = backOff.suspects(connection).length === 0
      backOff.failed(connection, error, clock.now())
      return isNews
    }
    refresh(id, note).then(
      () => ended(connection, true),
      (error: unknown) => {
        // A refusal is a response: network and server are fine.
        if (!isRefusal(error)) note(error)
        ended(connection, isRefusal(error))
      },
    )
  }

  function ended(connection: ConnectionView, answered: boolean): void {
    running.delete(connection.id)
    if (answered) backOff.answered(connection)
    if (cancel) arm(together)
  }

  function jumped(now: number): boolean {
    return armed !== null && (now < armed.at - drift || now > armed.until + drift)
  }

  function afresh(): void {
    armed = null
    backOff.forget()
    plans.clear()
    lastBegun.clear()
  }

  function arm(ms: number): void {
    cancel?.()
    const now = clock.now()
    if (jumped(now)) afresh()
    const delay = Math.max(0, Math.min(ms, heartbeat))
    armed = { at: now, until: now + delay }
    cancel = alarm(delay, look)
  }

  return {
    start() {
      afresh()
      arm(0)
    },
    stop() {
      cancel?.()
      cancel = null
      armed = null
      shown.clear()
    },
  }
}
