// What a caller sees first: everything that the application shows, without secrets. Nothing from the vault unless it is open.
import type { Snapshot } from '../contract/change.ts'
import type { DamagedRecord } from '../contract/damage.ts'
import type { Ports } from './ports.ts'
import type { PracticeController } from './practice-controller.ts'
import type { Stores } from './stores.ts'
import type { Vault } from './vault/vault.ts'

export interface SnapshotParts {
  host: Ports['host']
  vault: Pick<Vault, 'status' | 'exposed'>
  stores: Stores
  practice: Pick<PracticeController, 'status'>
  /** The damaged records of the open vault. */
  damaged(): DamagedRecord[]
  /** While the vault is being locked, its services are no longer shown either. */
  isLeaving: boolean
}

export function takeSnapshot({ host, vault, stores, practice, damaged, isLeaving }: SnapshotParts): Snapshot {
  const { services, clients, connections, removed, attempts, flows, settings, webhooks } = stores
  const status = vault.status()
  const isOpen = status.state === 'open'
  return {
    host,
    vault: status,
    services: isLeaving ? [] : services.list(),
    clients: isOpen ? clients.views() : [],
    connections: isOpen ? connections.views() : [],
    removed: isOpen ? removed.list() : [],
    attempts: isOpen ? attempts.views() : [],
    flows: isOpen ? flows.recent() : [],
    practice: practice.status(),
    settings: settings.current(),
    damaged: isOpen ? damaged() : [],
    exposed: vault.exposed.list(),
    webhooks: isOpen ? webhooks.views() : [],
  }
}
