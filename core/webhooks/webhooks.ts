// Webhooks: what is stored of them, the listeners that run, and the deliveries that came. Tells callers of each change.
import type { Caller } from '../../contract/connection.ts'
import type { ReplayResult, WebhookView } from '../../contract/webhook.ts'
import type { History } from '../history/history.ts'
import { problem } from '../problem.ts'
import type { Secret } from '../secret.ts'
import { webhookOf } from '../services/webhook-signature.ts'
import { createDeliveries, type Deliveries, type DeliveryParts } from './deliveries.ts'
import { replayAddress } from './replay-address.ts'
import { createRunningListeners } from './running-listeners.ts'
import type { WebhookStore } from './webhook-store.ts'

export interface Webhooks extends Pick<Deliveries, 'paste' | 'list' | 'get' | 'clear'> {
  /** Of the services that have a listener or a stored secret. */
  views(): WebhookView[]
  /** Throws `conflict` if the port is taken, `not_supported` if it is not known how the service signs. */
  start(serviceId: string, port: number | undefined, caller: Caller): Promise<WebhookView>
  stop(serviceId: string, caller: Caller): Promise<WebhookView>
  addSecret(input: NewSecret, caller: Caller): Promise<WebhookView>
  removeSecret(serviceId: string, id: string, caller: Caller): Promise<WebhookView>
  /** The stored secrets of a service. */
  secrets(serviceId: string): Secret[]
  /** Throws `invalid_input` for an address elsewhere, `conflict` for one of our own listeners. */
  replay(id: string, url: string): Promise<ReplayResult>
  /** Drops what was loaded when the vault locks; listeners go on, and tell services to come later. */
  forget(): void
  /** Stops all listeners. */
  close(): Promise<void>
}

interface NewSecret {
  serviceId: string
  name: string
  workspaceId: string | null
  secret: string
}

export interface WebhookParts extends DeliveryParts {
  store: WebhookStore
  history: Pick<History, 'note'>
}

export function createWebhooks(parts: WebhookParts): Webhooks {
  const { clock, store, services, history, isOpen, send } = parts
  const deliveries = createDeliveries(parts)
  const listeners = createRunningListeners({
    ...{ clock, isOpen, keep: deliveries.receive },
    onChange: (serviceId) => send({ kind: 'webhook', webhook: view(serviceId) }),
  })

  const view = (serviceId: string): WebhookView => ({
    serviceId,
    listener: listeners.view(serviceId),
    secrets: store.secretViews(serviceId),
  })

  async function changed(serviceId: string, caller: Caller, detail: string): Promise<WebhookView> {
    const webhook = view(serviceId)
    send({ kind: 'webhook', webhook })
    await history.note(null, { caller, operation: 'webhook', detail })
    return webhook
  }

  /** Its name may be damaged away while its listener runs. */
  const nameOf = (serviceId: string) => services.known(serviceId)?.name ?? serviceId

  return {
    ...{ paste: deliveries.paste, list: deliveries.list, get: deliveries.get, clear: deliveries.clear },
    views: () =>
      [...new Set([...store.serviceIds(), ...listeners.serviceIds()])]
        .map(view)
        .filter(({ listener, secrets }) => listener !== null || secrets.length > 0),
    async start(serviceId, port, caller) {
      const service = services.find(serviceId)
      webhookOf(service)
      const isNew = listeners.view(serviceId) === null
      const place = await listeners.start(serviceId, store.place(serviceId), port)
      if (!isNew) return view(serviceId)
      await store.setPlace(serviceId, place).catch(async (error: unknown) => {
        await listeners.stop(serviceId)
        throw error
      })
      return changed(serviceId, caller, `Listens for webhooks of ${service.name} at port ${place.port}`)
    },
    async stop(serviceId, caller) {
      if (listeners.view(serviceId) === null) return view(serviceId)
      await listeners.stop(serviceId)
      return changed(serviceId, caller, `No longer listens for webhooks of ${nameOf(serviceId)}`)
    },
    async addSecret({ serviceId, name, workspaceId, secret }, caller) {
      const service = services.find(serviceId)
      webhookOf(service)
      await store.addSecret(serviceId, { name, workspaceId, secret, addedAt: clock.now() })
      return changed(serviceId, caller, `Webhook secret of ${service.name} stored`)
    },
    async removeSecret(serviceId, id, caller) {
      const name = await store.removeSecret(serviceId, id)
      return changed(serviceId, caller, `Webhook secret “${name}” of ${nameOf(serviceId)} removed`)
    },
    secrets: (serviceId) => store.secrets(serviceId).map(({ secret }) => secret),
    async replay(id, text) {
      const url = replayAddress(text)
      if (listeners.has(Number(url.port))) {
        throw problem('conflict', 'This is where Grantdesk itself listens.', 'Enter the address of your own server.')
      }
      return deliveries.replay(id, url)
    },
    forget: deliveries.forget,
    close: listeners.stopAll,
  }
}
