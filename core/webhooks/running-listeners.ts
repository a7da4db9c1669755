// The listeners that run, one for each service, and what they have to tell: how many deliveries came, and what was refused.
import { randomBytes } from 'node:crypto'
import type { RefusedDelivery, WebhookListenerView } from '../../contract/webhook.ts'
import type { Clock } from '../ports.ts'
import { Problem, problem } from '../problem.ts'
import type { WebhookRecord } from '../records.ts'
import type { DeliveryListener } from './delivery-listener.ts'
import type { ReceivedDelivery } from './received.ts'

export interface RunningListeners {
  view(serviceId: string): WebhookListenerView | null
  serviceIds(): string[]
  /** Whether one of them listens at this port. */
  has(port: number): boolean
  /**
   * Starts one where it was last, with `port` only there; returns its place. Does nothing if it runs, but throws `conflict` if
   * that is at another port than wanted.
   */
  start(serviceId: string, last: WebhookRecord['place'], port?: number): Promise<NonNullable<WebhookRecord['place']>>
  stop(serviceId: string): Promise<void>
  stopAll(): Promise<void>
}

export interface ListenerParts {
  clock: Clock
  isOpen(): boolean
  /** Keeps a delivery; throws if it cannot be written. */
  keep(serviceId: string, received: ReceivedDelivery): void
  /** What a listener has to tell has changed; not called for each of many requests. */
  onChange(serviceId: string): void
}

interface Running {
  listener: DeliveryListener
  path: string
  startedAt: number
  movedFrom: number | null
  received: number
  refused: Map<RefusedDelivery, { count: number; lastAt: number }>
}

/** Refused requests within this time (ms) are told together. */
const burst = 250

export function createRunningListeners({ clock, isOpen, keep, onChange }: ListenerParts): RunningListeners {
  const running = new Map<string, Running>()
  const starting = new Map<string, Promise<Running>>()
  const changed = new Map<string, NodeJS.Timeout>()

  function changeSoon(serviceId: string): void {
    if (changed.has(serviceId)) return
    const tell = () => {
      changed.delete(serviceId)
      if (running.has(serviceId)) onChange(serviceId)
    }
    changed.set(serviceId, setTimeout(tell, burst).unref())
  }

  async function open(serviceId: string, last: WebhookRecord['place'], port?: number): Promise<Running> {
    const path = last?.path ?? `/${randomBytes(16).toString('base64url')}`
    const wanted = port ?? last?.port ?? null
    const counts = { received: 0, refused: new Map<RefusedDelivery, { count: number; lastAt: number }>() }
    // Loaded when it is used: a short command needs no server.
    const { openDeliveryListener } = await import('./delivery-listener.ts')
    const at = (chosen: number | null) =>
      openDeliveryListener({
        ...{ port: chosen, path, isOpen },
        keep(received) {
          keep(serviceId, received)
          counts.received += 1
          changeSoon(serviceId)
        },
        onRefused(reason) {
          counts.refused.set(reason, { count: (counts.refused.get(reason)?.count ?? 0) + 1, lastAt: clock.now() })
          changeSoon(serviceId)
        },
      })
    const listener = await at(wanted).catch((error: unknown) => {
      // The port of last time is a convenience; one that was asked for is not.
      if (port !== undefined || wanted === null || !(error instanceof Problem)) throw error
      return at(null)
    })
    const movedFrom = wanted !== null && listener.port !== wanted ? wanted : null
    return Object.assign(counts, { listener, path, movedFrom, startedAt: clock.now() })
  }

  /** Callers that ask meanwhile get the same. */
  function startOnce(serviceId: string, opening: () => Promise<Running>): Promise<Running> {
    const begun =
      starting.get(serviceId) ??
      opening()
        .then((one) => {
          running.set(serviceId, one)
          return one
        })
        .finally(() => starting.delete(serviceId))
    starting.set(serviceId, begun)
    return begun
  }

  async function stop(serviceId: string): Promise<void> {
    const started = running.get(serviceId)
    running.delete(serviceId)
    await started?.listener.close()
  }

  return {
    view(serviceId) {
      const one = running.get(serviceId)
      if (!one) return null
      const { listener, path, startedAt, movedFrom, received, refused } = one
      const { port } = listener
      const url = `http://127.0.0.1:${port}${path}`
      return {
        ...{ url, port, startedAt, movedFrom, received },
        refused: [...refused].map(([reason, counted]) => ({ reason, ...counted })),
      }
    },
    serviceIds: () => [...running.keys()],
    has: (port) => [...running.values()].some(({ listener }) => listener.port === port),
    async start(serviceId, last, port) {
      const one = running.get(serviceId) ?? (await startOnce(serviceId, () => open(serviceId, last, port)))
      if (port !== undefined && one.listener.port !== port) {
        throw problem('conflict', `It listens at port ${one.listener.port} already.`, 'Stop it first.')
      }
      return { port: one.listener.port, path: one.path }
    },
    stop,
    async stopAll() {
      await Promise.all([...running.keys()].map(stop))
    },
  }
}
