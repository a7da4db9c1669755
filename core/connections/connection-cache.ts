// The connections' profiles in memory, with their transient state; notifies of each change. Has no tokens and writes nothing.
import type { ConnectionView, Waiting } from '../../contract/connection.ts'
import { Problem, problem } from '../problem.ts'
import { RecordCache } from '../record-cache.ts'
import type { ConnectionRecord } from '../records.ts'
import type { ServiceRegistry } from '../services/registry.ts'
import type { Vault } from '../vault/vault.ts'
import type { ClientStore } from './client-store.ts'
import { viewConnection } from './connection-view.ts'
import { createTransientStates } from './transient-state.ts'

export interface ConnectionCache {
  readonly records: RecordCache<ConnectionRecord>
  /** Throws `not_found`. */
  record(id: string): ConnectionRecord
  /** Throws `not_found`. */
  view(id: string): ConnectionView
  /** Shows a record that is on disk, or is waiting to be written. */
  show(id: string, record: ConnectionRecord): void
  remove(id: string): void
  setBusy(id: string, busy: ConnectionView['busy']): void
  setWaiting(id: string, waiting: Waiting | null): void
  clear(): void
}

export interface ConnectionCacheParts {
  services: ServiceRegistry
  clients: () => ClientStore
  /** Why a record in the vault is unusable, `null` if it is not. */
  damageOf: Vault['damageOf']
  /** All unusable records of the vault. */
  damaged: Vault['damaged']
  onChange: (id: string) => void
  onRemove: (id: string) => void
  /** Called when the number of a client's connections changes. */
  onCount: (clientId: string | null) => void
}

export function createConnectionCache(parts: ConnectionCacheParts): ConnectionCache {
  const { services, clients, damageOf, onChange, onRemove, onCount } = parts
  const records = new RecordCache<ConnectionRecord>()
  const transient = createTransientStates((id) => records.has(id) && onChange(id))

  function record(id: string): ConnectionRecord {
    const found = records.get(id)
    if (found) return found
    const damage = damageOf('connection', id)
    throw damage ? new Problem(damage.failure) : problem('not_found', 'This connection does not exist any more.')
  }

  function view(id: string): ConnectionView {
    return viewConnection(id, record(id), transient.of(id), { services, clients: clients(), damageOf })
  }

  return {
    records,
    record,
    view,
    show(id, value) {
      const isNew = !records.has(id)
      records.set(id, value)
      onChange(id)
      if (isNew) onCount(value.clientId)
    },
    remove(id) {
      const { clientId } = record(id)
      records.delete(id)
      onRemove(id)
      onCount(clientId)
    },
    setBusy: (id, busy) => transient.set(id, { busy }),
    setWaiting: (id, waiting) => transient.set(id, { waiting }),
    clear() {
      records.clear()
      transient.clear()
    },
  }
}
