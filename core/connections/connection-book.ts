// The connections held: profiles in memory, tokens sealed until the moment they are used.
// Owns what a connection is; refuses to know how tokens are obtained.
import type { ConnectionView } from '../../contract/connection.ts'
import { problem } from '../problem.ts'
import type { ConnectionRecord, RecordChange, Records, TokensRecord } from '../records.ts'
import type { ServiceRegistry } from '../services/registry.ts'
import type { ClientBook } from './client-book.ts'

export interface ConnectionBook {
  load(): Promise<void>
  forget(): void
  views(): ConnectionView[]
  view(id: string): ConnectionView
  /** Throws `not_found`. */
  record(id: string): ConnectionRecord
  tokens(id: string): Promise<TokensRecord>
  /** A name nobody has yet, made from `wanted`. */
  freeName(wanted: string): string
  countFor(clientId: string): number
  /** Profile and tokens in one write; both are on disk before anyone sees them. */
  put(id: string, record: ConnectionRecord, tokens?: TokensRecord): Promise<void>
  update(id: string, change: Partial<ConnectionRecord>, tokens?: TokensRecord): Promise<void>
  setBusy(id: string, busy: ConnectionView['busy']): void
  rename(id: string, name: string): Promise<void>
  /** Takes it out of the vault; `restore` puts it back until the host stops. */
  remove(id: string): Promise<void>
  restore(id: string): Promise<void>
  /** Forgets it for good: its tokens live on in another connection. */
  discard(id: string): Promise<void>
}

interface Dependencies {
  records: Records
  services: ServiceRegistry
  clients: () => ClientBook
  onChange: (view: ConnectionView) => void
  onRemove: (id: string) => void
  /** The number of a client's connections has changed. */
  onCount: (clientId: string | null) => void
}

export function createConnectionBook({
  records,
  services,
  clients,
  onChange,
  onRemove,
  onCount,
}: Dependencies): ConnectionBook {
  const connections = new Map<string, ConnectionRecord>()
  const busy = new Map<string, ConnectionView['busy']>()
  const removed = new Map<string, RecordChange[]>()

  function record(id: string): ConnectionRecord {
    const found = connections.get(id)
    if (!found) throw problem('not_found', 'This connection does not exist any more.')
    return found
  }

  function view(id: string): ConnectionView {
    const { parameters: _, refreshing: __, ...profile } = record(id)
    const service = services.find(profile.serviceId)
    const grant = service.grants.find((candidate) => candidate.id === profile.grantId)
    const clientName = profile.clientId ? clients().record(profile.clientId).name : null
    return {
      id,
      ...profile,
      serviceName: service.name,
      clientName,
      grantName: grant?.name ?? profile.grantId,
      busy: busy.get(id) ?? null,
    }
  }

  async function tokens(id: string): Promise<TokensRecord> {
    record(id)
    const found = await records.read('tokens', id)
    if (!found) throw problem('vault_broken', 'The tokens of this connection are missing from the vault.', 'Reconnect.')
    return found
  }

  async function put(id: string, value: ConnectionRecord, newTokens?: TokensRecord) {
    const changes: RecordChange[] = [{ put: 'connection', id, value }]
    if (newTokens) changes.push({ put: 'tokens', id, value: newTokens })
    await records.write(changes)
    const isNew = !connections.has(id)
    connections.set(id, value)
    onChange(view(id))
    if (isNew) onCount(value.clientId)
  }

  function nameTaken(name: string, by?: string): boolean {
    const wanted = name.toLowerCase()
    return [...connections].some(([id, { name }]) => id !== by && name.toLowerCase() === wanted)
  }

  async function erase(id: string): Promise<void> {
    const { clientId } = record(id)
    await records.write([
      { remove: 'connection', id },
      { remove: 'tokens', id },
      { remove: 'history', id },
    ])
    connections.delete(id)
    onRemove(id)
    onCount(clientId)
  }

  return {
    async load() {
      connections.clear()
      for (const { id, value } of await records.list('connection')) connections.set(id, value)
    },
    forget() {
      connections.clear()
      busy.clear()
      removed.clear()
    },
    views: () => [...connections.keys()].map(view),
    view,
    record,
    tokens,
    freeName(wanted) {
      const base = wanted.trim().slice(0, 70) || 'Connection'
      for (let number = 1; ; number += 1) {
        const name = number === 1 ? base : `${base} ${number}`
        if (!nameTaken(name)) return name
      }
    },
    countFor: (clientId) => [...connections.values()].filter((held) => held.clientId === clientId).length,
    put,
    async update(id, change, newTokens) {
      await put(id, { ...record(id), ...change }, newTokens)
    },
    setBusy(id, value) {
      if (value === null) busy.delete(id)
      else busy.set(id, value)
      if (connections.has(id)) onChange(view(id))
    },
    async rename(id, name) {
      if (nameTaken(name, id)) throw problem('conflict', `Another connection is already called “${name}”.`)
      await put(id, { ...record(id), name })
    },
    async remove(id) {
      const history = await records.read('history', id)
      const undo: RecordChange[] = [
        { put: 'connection', id, value: record(id) },
        { put: 'tokens', id, value: await tokens(id) },
      ]
      if (history) undo.push({ put: 'history', id, value: history })
      await erase(id)
      removed.set(id, undo)
    },
    discard: erase,
    async restore(id) {
      const undo = removed.get(id)
      const profile = undo?.find((change) => 'put' in change && change.put === 'connection')
      if (!undo || !profile || !('put' in profile) || profile.put !== 'connection') {
        throw problem('not_found', 'This connection can no longer be put back.', 'Connect again.')
      }
      await records.write(undo)
      removed.delete(id)
      connections.set(id, profile.value)
      onChange(view(id))
      onCount(profile.value.clientId)
    },
  }
}
