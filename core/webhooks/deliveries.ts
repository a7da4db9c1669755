// The deliveries of all services: each is judged when it comes, kept, shown without secrets, and sent again on request.
import type { Change } from '../../contract/change.ts'
import type { ConnectionView } from '../../contract/connection.ts'
import type { Delivery, DeliveryDetail } from '../../contract/webhook.ts'
import type { Clock } from '../ports.ts'
import type { SealedLogs } from '../sealed-log/sealed-logs.ts'
import type { ServiceRegistry } from '../services/registry.ts'
import { webhookOf } from '../services/webhook-signature.ts'
import { deliveryFacts } from './delivery-facts.ts'
import type { KeptDelivery } from './delivery-files.ts'
import { createDeliveryLog } from './delivery-log.ts'
import { judgeDelivery } from './delivery-verdict.ts'
import { parseHeaders, pastedBodies } from './pasted-delivery.ts'
import type { ReceivedDelivery } from './received.ts'
import type { Replayed } from './replay.ts'
import { hidingSecrets, shownDelivery } from './shown-delivery.ts'
import type { WebhookStore } from './webhook-store.ts'

export interface Deliveries {
  /** Keeps one that came; on disk when it returns, or throws the system's error. */
  receive(serviceId: string, received: ReceivedDelivery): void
  paste(input: { serviceId: string; headers: string; body: string }): Delivery
  /** Newest first. */
  list(serviceId: string): Delivery[]
  /** Throws `not_found`. */
  get(id: string): DeliveryDetail
  /** Throws `not_found`, `network`, `timed_out`. */
  replay(id: string, url: URL): Promise<Replayed>
  clear(serviceId: string, id?: string): void
  forget(): void
}

export interface DeliveryParts {
  clock: Clock
  store: Pick<WebhookStore, 'secrets' | 'known'>
  logs: SealedLogs
  services: Pick<ServiceRegistry, 'find' | 'known'>
  connections: { views(): ConnectionView[] }
  /** Whether the vault is open. */
  isOpen(): boolean
  pseudonym(secret: string): string
  send(change: Change): void
}

export function createDeliveries(parts: DeliveryParts): Deliveries {
  const { clock, store, services, connections, send } = parts
  const log = createDeliveryLog(parts.logs)

  const redactorOf = (serviceId: string) => hidingSecrets(store.known(serviceId), parts.pseudonym)

  function judged(serviceId: string, received: ReceivedDelivery) {
    const service = services.find(serviceId)
    const facts = deliveryFacts(webhookOf(service), received)
    return { facts, ...judgeDelivery(service, received, facts.workspaceId, store.secrets(serviceId)) }
  }

  function keep(
    serviceId: string,
    received: ReceivedDelivery,
    source: Delivery['source'],
    lineEndLeftOut = false,
  ): Delivery {
    const { facts, ...verdict } = judged(serviceId, received)
    const redactor = redactorOf(serviceId)
    const hidden = (text: string | null) => text && redactor.known(text)
    const { kept, gone } = log.add(
      {
        ...{ serviceId, source, lineEndLeftOut, receivedAt: clock.now(), ...verdict },
        ...{ deliveryId: hidden(facts.deliveryId), event: hidden(facts.event), action: hidden(facts.action) },
        ...{ workspaceId: hidden(facts.workspaceId), actor: hidden(facts.actor) },
      },
      received,
    )
    const delivery = withConnection(kept)
    send({ kind: 'webhook_delivery', delivery })
    if (gone.length > 0) send({ kind: 'webhook_deliveries_removed', ids: gone })
    return delivery
  }

  /** The connection whose workspace it is comes before one that only reaches it. */
  function withConnection(kept: KeptDelivery): Delivery {
    const { serviceId, workspaceId } = kept
    if (workspaceId === null) return { ...kept, connection: null }
    const own = connections.views().filter((one) => one.serviceId === serviceId)
    const found =
      own.find(({ workspace }) => workspace?.id === workspaceId) ??
      own.find(({ workspaces }) => workspaces.some(({ id }) => id === workspaceId))
    return { ...kept, connection: found ? { id: found.id, name: found.name } : null }
  }

  return {
    receive: (serviceId, received) => void keep(serviceId, received, 'received'),
    paste({ serviceId, headers: text, body: bodyText }) {
      const headers = parseHeaders(text)
      const [whole = Buffer.alloc(0), bare] = pastedBodies(bodyText)
      const fits = (body: Buffer) => judged(serviceId, { headers, body }).verdict === 'fits'
      const leftOut = bare !== undefined && fits(bare)
      return keep(serviceId, { headers, body: leftOut ? bare : whole }, 'pasted', leftOut)
    },
    list: (serviceId) => log.list(serviceId).map(withConnection),
    get(id) {
      const kept = log.find(id)
      return { ...withConnection(kept), ...shownDelivery(log.read(id), redactorOf(kept.serviceId)) }
    },
    async replay(id, url) {
      const { serviceId } = log.find(id)
      const received = log.read(id)
      const { replayDelivery } = await import('./replay.ts')
      const answer = await replayDelivery(received, url)
      // Once the vault is locked, nobody can say what in it is a secret.
      return { ...answer, body: parts.isOpen() ? redactorOf(serviceId).known(answer.body) : '' }
    },
    clear(serviceId, id) {
      const ids = log.remove(serviceId, id)
      if (ids.length > 0) send({ kind: 'webhook_deliveries_removed', ids })
    },
    forget: () => log.forget(),
  }
}
