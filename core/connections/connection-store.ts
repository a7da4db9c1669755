// The stored connections: profiles in memory, tokens encrypted until they are used. Combines the cache, the names, the writer
// and the unsaved tokens; knows nothing of how tokens are obtained.

import type { ConnectionView, Waiting } from '../../contract/connection.ts'
import { keyedMutex } from '../mutex.ts'
import { ifDamaged, problem } from '../problem.ts'
import type { ConnectionRecord, RecordChange, TokensRecord } from '../records.ts'
import { lockedVault } from '../vault/vault-problems.ts'
import type { AlongWith } from './client-draft.ts'
import { type ConnectionCacheParts, createConnectionCache } from './connection-cache.ts'
import { createConnectionNames } from './connection-names.ts'
import { type ConnectionWriterParts, createConnectionWriter } from './connection-writer.ts'
import { connectionNamed } from './named-connection.ts'
import { notPutBack, type RemovedConnections } from './removed-connections.ts'
import { areSameTokens } from './unsaved-tokens.ts'

export interface ConnectionStore {
  load(): Promise<void>
  forget(): void
  ids(): string[]
  views(): ConnectionView[]
  view(id: string): ConnectionView
  /** Throws `not_found`. */
  record(id: string): ConnectionRecord
  /** The id of the connection named `text`, or whose name starts with it; throws `not_found`, or `conflict` with candidates. */
  idNamed(text: string): string
  /** `null` if the connection is gone. */
  nameOf(id: string): string | null
  tokens(id: string): Promise<TokensRecord>
  /** A free name, made from `wanted`. */
  freeName(wanted: string): string
  countFor(clientId: string): number
  /**
   * Adds a connection: profile and tokens in one write, shown only once they are on disk. Tokens that could not be written
   * are kept in memory and tried again; the error is still thrown.
   */
  put(id: string, record: ConnectionRecord, tokens: TokensRecord, alongWith?: AlongWith): Promise<void>
  /** Changes the current record, so that concurrent changes do not overwrite each other. */
  update(id: string, change: Partial<ConnectionRecord>): Promise<void>
  /**
   * Replaces the tokens in `was` with new ones, as safely as `put`: even if the vault was locked meanwhile, or another host
   * has stored others since, which are then kept in a separate connection.
   */
  renew(
    id: string,
    was: { record: ConnectionRecord; tokens: TokensRecord },
    change: Partial<ConnectionRecord>,
    tokens: TokensRecord,
    alongWith?: AlongWith,
  ): Promise<void>
  /** Changes the profile and the current tokens in one write; `null` keeps the tokens. */
  updateTokens(
    id: string,
    change: Partial<ConnectionRecord>,
    tokens: (tokens: TokensRecord) => TokensRecord | null,
  ): Promise<void>
  setBusy(id: string, busy: ConnectionView['busy']): void
  /** What it waits for; not stored. `null` when that is over. */
  setWaiting(id: string, waiting: Waiting | null): void
  rename(id: string, name: string): Promise<void>
  /** Removes it from the vault; `restore` puts it back until the host stops, and throws `conflict` if it exists again. */
  remove(id: string): Promise<void>
  restore(id: string): Promise<void>
  /**
   * Moves tokens, and the result of `merge` on both current profiles, into `id` and deletes `from`, in one write: tokens are
   * never in two connections.
   */
  absorb(
    id: string,
    from: string,
    merge: (into: ConnectionRecord, from: ConnectionRecord) => ConnectionRecord,
    tokens: TokensRecord,
  ): Promise<void>
  /** Deletes it for good. */
  discard(id: string): Promise<void>
  /** Tries to write unsaved tokens; returns the names of the connections where that still fails. */
  saveUnsaved(): Promise<string[]>
}

interface Dependencies extends ConnectionCacheParts, Pick<ConnectionWriterParts, 'records' | 'clock'> {
  removed: RemovedConnections
}

export function createConnectionStore(deps: Dependencies): ConnectionStore {
  const { records, clock, services, removed, clients } = deps
  const cache = createConnectionCache(deps)
  const { record, view } = cache
  const names = createConnectionNames(cache.records)
  /** One change at a time per connection. */
  const exclusively = keyedMutex()
  const writer = createConnectionWriter({ records, clock, cache, names, exclusively })
  const { tokens, store } = writer

  return {
    load: () => writer.open(() => records.list('connection')),
    forget() {
      writer.close()
      cache.clear()
    },
    ids: () => [...cache.records.keys()],
    views: () => [...cache.records.keys()].map(view),
    view,
    record,
    idNamed: (text) => connectionNamed(cache.records, text, services.known, deps.damaged()),
    nameOf: (id) => cache.records.get(id)?.name ?? null,
    tokens,
    freeName: names.free,
    countFor: (clientId) => [...cache.records.values()].filter((one) => one.clientId === clientId).length,
    put: (id, record, tokens, alongWith) =>
      exclusively(id, () => writer.keep(id, { record, tokens, over: null, alongWith })),
    update: (id, change) => exclusively(id, () => store(id, { ...record(id), ...change })),
    renew: (id, was, change, tokens, alongWith) =>
      exclusively(id, async () => {
        const record = { ...(cache.records.get(id) ?? was.record), ...change }
        const arrived = { record, tokens, over: was.tokens, alongWith }
        const inVault = await writer.newest(id).catch(() => undefined)
        const changedSince = !cache.records.has(id) || (inVault && !areSameTokens(inVault, was.tokens))
        await (writer.isOpen() && changedSince ? writer.place(id, arrived) : writer.keep(id, arrived))
      }),
    updateTokens: (id, change, changeTokens) =>
      exclusively(id, async () => {
        const changed = changeTokens(await tokens(id))
        const value = { ...record(id), ...change }
        await store(id, value, changed ? { record: value, tokens: changed } : undefined)
      }),
    saveUnsaved: writer.saveUnsaved,
    setBusy: cache.setBusy,
    setWaiting: cache.setWaiting,
    rename: (id, name) =>
      exclusively(id, async () => {
        if (names.isTaken(name, id)) throw problem('conflict', `Another connection is already called “${name}”.`)
        await store(id, { ...record(id), name })
      }),
    remove: (id) =>
      exclusively(id, async () => {
        const value = record(id)
        const newest = await tokens(id).catch(ifDamaged)
        // Damaged connections can be removed, but not restored.
        const nowListed = newest ? await removed.seal(id, value, newest, view(id).serviceName) : undefined
        await writer.erase(id)
        nowListed?.()
      }),
    absorb: (id, from, merge, tokens) =>
      exclusively(id, async () => {
        const value = merge(record(id), record(from))
        const moved: RecordChange[] = [
          { put: 'connection', id, value },
          { put: 'tokens', id, value: tokens },
        ]
        await exclusively(from, () => writer.erase(from, moved))
        writer.written(id, value)
      }),
    discard: (id) => exclusively(id, () => writer.erase(id)),
    restore: (id) =>
      exclusively(id, async () => {
        const undo = await removed.open(id)
        if (!writer.isOpen()) throw lockedVault()
        if (cache.records.has(id)) throw problem('conflict', 'This connection is here again, with tokens of its own.')
        services.find(undo.record.serviceId)
        if (undo.record.clientId) clients().record(undo.record.clientId)
        // They are safe in the undo list until they are written, so do not keep them as unsaved tokens.
        await store(id, undo.record, undo).catch((error: unknown) =>
          Promise.reject(notPutBack(undo.record.name, error)),
        )
        removed.drop(id)
      }),
  }
}
