// The contents of an open vault in memory: services, clients, connections, settings, and the logs next to it. Loaded together,
// and cleared together when the vault is locked; changes are sent to callers.
import { isUnderWay } from '../contract/attempt.ts'
import type { ChangeFeed } from './change-feed.ts'
import { createAttemptStore } from './connect/attempt-store.ts'
import { createConnectIntents } from './connect/connect-intents.ts'
import { createClientStore } from './connections/client-store.ts'
import { createConnectionStore } from './connections/connection-store.ts'
import { createRemovedConnections } from './connections/removed-connections.ts'
import { createFlowFeed } from './flows/flow-feed.ts'
import { createFlowLog } from './flows/flow-log.ts'
import { createHistory } from './history/history.ts'
import { createNetwork } from './network/network.ts'
import type { Ports } from './ports.ts'
import { flowBounds, historyBounds } from './retention-limits.ts'
import { createServiceRegistry } from './services/registry.ts'
import { createCertificateStore } from './services/service-certificates.ts'
import { createSettingsStore } from './settings-store.ts'
import type { Vault } from './vault/vault.ts'
import { createVaultLogs } from './vault-logs.ts'
import { createWebhookStore } from './webhooks/webhook-store.ts'
import { createWebhooks } from './webhooks/webhooks.ts'

export type Stores = ReturnType<typeof createStores>

type StorePorts = Pick<Ports, 'clock' | 'log' | 'logs' | 'fetch' | 'environment' | 'systemProxy'>

/** The stores of `vault`; `send` is called with every change, `onSettings` with new settings. */
export function createStores(ports: StorePorts, vault: Vault, send: ChangeFeed['send'], onSettings: () => void) {
  const { clock, log } = ports
  const settings = createSettingsStore(vault, vault.damageOf, (saved) => {
    onSettings()
    flows.trimSoon()
    send({ kind: 'settings', settings: saved })
  })
  const attempts = createAttemptStore(
    (attempt) => send({ kind: 'attempt', attempt }),
    (id) => send({ kind: 'attempt_removed', id }),
  )
  const isUsed = (id: string) => {
    const users = [...clients.views(), ...connections.views(), ...attempts.views().filter(isUnderWay)]
    return users.some(({ serviceId }) => serviceId === id)
  }
  const certificates = createCertificateStore(vault, vault.damageOf)
  const services = createServiceRegistry(
    vault,
    (list) => send({ kind: 'services', services: list }),
    isUsed,
    vault.damageOf,
    certificates.view,
  )
  const removed = createRemovedConnections(vault, clock, (list) => send({ kind: 'removed', removed: list }))
  const connections = createConnectionStore({
    ...{ records: vault, clock, services, removed, damageOf: vault.damageOf, damaged: vault.damaged },
    clients: () => clients,
    onChange: (id) => send(() => ({ kind: 'connection', connection: connections.view(id) })),
    onRemove: (id) => send({ kind: 'connection_removed', id }),
    onCount: (id) => {
      if (id !== null && clients.nameOf(id) !== null) send({ kind: 'client', client: clients.view(id) })
    },
  })
  const clients = createClientStore({
    ...{ records: vault, services, damageOf: vault.damageOf },
    connectionCount: connections.countFor,
    onSave: (client) => send({ kind: 'client', client }),
    onRemove: (id) => send({ kind: 'client_removed', id }),
  })
  const logs = createVaultLogs(ports.logs, vault, log)
  const flowFeed = createFlowFeed(send)
  const flows = createFlowLog({
    ...{ records: vault, logs, bounds: () => flowBounds(settings.current().keep) },
    ...{
      clock,
      fetch: createNetwork(ports, { settings, tlsOf: (id) => certificates.tlsOf(services.known(id)) }),
      pseudonym: vault.pseudonym,
      onChange: flowFeed.push,
    },
  })
  const history = createHistory({
    ...{ records: vault, logs, clock, bounds: () => historyBounds(settings.current().keep) },
    nameOf: connections.nameOf,
    onAdd: () => send({ kind: 'history' }),
  })
  const intents = createConnectIntents({ records: vault, clock, history, nameOf: connections.nameOf })

  const webhookStore = createWebhookStore(vault, vault.damageOf)
  const webhooks = createWebhooks({
    ...{ clock, logs, services, connections, history, send, pseudonym: vault.pseudonym, store: webhookStore },
    isOpen: () => vault.status().state === 'open',
  })
  // Listeners wait for a locked vault, but not for one that another host has.
  vault.onStatus(({ state }) => void (state !== 'open' && state !== 'locked' && webhooks.close()))

  return {
    ...{ settings, certificates, services, removed, connections, clients, attempts, intents, flows, history, webhooks },
    async load(): Promise<void> {
      await settings.load()
      await certificates.load()
      await services.load()
      await clients.load()
      await connections.load()
      await webhookStore.load()
    },
    /** Moves what earlier versions kept in the vault's document to the logs. Throws if it cannot be written now. */
    async carryOver(): Promise<void> {
      await history.carryOver()
      await flows.carryOver()
    },
    /** Writes what is still unwritten. */
    flush(): void {
      history.flush()
      flows.flush()
    },
    forget(): void {
      attempts.clear()
      flows.forget()
      flowFeed.forget()
      history.flush()
      webhooks.forget()
      webhookStore.forget()
      logs.forget()
      connections.forget()
      clients.forget()
      services.forget()
      certificates.forget()
      settings.forget()
    },
  }
}
