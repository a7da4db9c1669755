// Renews tokens automatically before they expire: one timer for all connections, a few refreshes at a time, backing off while
// the network is down. Checks again right after the machine slept or its clock was changed.
import type { ConnectionView } from '../../contract/connection.ts'
import type { Alarm, Clock } from '../ports.ts'
import { createBackOff } from './back-off.ts'
import type { ConnectionStore } from './connection-store.ts'
import { isRefusal } from './previous-token.ts'
import { createRenewalAgenda } from './renewal-agenda.ts'
import { createWaitingShown } from './waiting-shown.ts'

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
/** Tokens that are due within this time of each other (ms) share one check. */
const together = 50

export function createScheduler(dependencies: Dependencies): Scheduler {
  const { clock, alarm, random, connections, refresh } = dependencies
  const running = new Map<string, ConnectionView>()
  const backOff = createBackOff(random)
  const shown = createWaitingShown(connections, backOff)
  const isRunning = (id: string) => running.has(id)
  const agenda = createRenewalAgenda(random, backOff, { isRunning, isWaiting: shown.has })
  let cancel: (() => void) | null = null
  /** When the next check is due, and the latest it can be if the clock does not change (ms). */
  let armed: { at: number; until: number } | null = null

  function look(): void {
    const now = clock.now()
    if (jumped(now)) afresh()
    const views = connections.views()
    if (dependencies.mayBegin()) dependencies.onLook(views)
    const items = agenda.of(views, now)
    shown.update(items, running.keys(), now)
    let next = now + heartbeat
    for (const { connection, at } of items) {
      const when = Math.max(at, backOff.of(connection)?.until ?? 0)
      if (when <= now) begin(connection, now)
      else next = Math.min(next, when)
    }
    arm(next - now)
  }

  /** Starts a refresh if there is room; of connections with the same possible cause of failure, only one tries. */
  function begin(connection: ConnectionView, now: number): void {
    if (running.size >= atOnce || !dependencies.mayBegin()) return
    const suspects = new Set(backOff.suspects(connection))
    const ahead = [...running.values()].some((other) => backOff.suspects(other).some((key) => suspects.has(key)))
    if (ahead) return
    const { id } = connection
    running.set(id, connection)
    agenda.begun(id, now)
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
    agenda.forget()
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
      shown.forget()
    },
  }
}
