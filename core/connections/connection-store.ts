// The connections held: profiles in memory, tokens sealed until the moment they are used. Puts together the cache, the
// names, the writes and the tokens that are not on disk yet; refuses to know how tokens are obtained.

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
  views(): ConnectionView[]
  view(id: string): ConnectionView
  /** Throws `not_found`. */
  record(id: string): ConnectionRecord
  /** The id of the one that is called `text`, or begins so; throws `not_found`, and `conflict` with the candidates. */
  idNamed(text: string): string
  /** For showing: `null` where the connection is gone. */
  nameOf(id: string): string | null
  tokens(id: string): Promise<TokensRecord>
  /** A name nobody has yet, made from `wanted`. */
  freeName(wanted: string): string
  countFor(clientId: string): number
  /**
   * A new connection: profile and tokens in one write; both are on disk before anyone sees them. Tokens that could not be
   * written are held in memory and tried again; the error is thrown all the same.
   */
  put(id: string, record: ConnectionRecord, tokens: TokensRecord, alongWith?: AlongWith): Promise<void>
  /** Changes what is held at that moment: two changes at once lose nothing of each other. */
  update(id: string, change: Partial<ConnectionRecord>): Promise<void>
  /**
   * New tokens in the place of those that `was` holds, as safe as with `put`: also where the vault was shut meanwhile, and
   * where another host has stored others since, which then stay beside them.
   */
  renew(
    id: string,
    was: { record: ConnectionRecord; tokens: TokensRecord },
    change: Partial<ConnectionRecord>,
    tokens: TokensRecord,
    alongWith?: AlongWith,
  ): Promise<void>
  /** Changes the profile, and the tokens as they are at that moment, in one write; `null` leaves the tokens. */
  updateTokens(
    id: string,
    change: Partial<ConnectionRecord>,
    tokens: (tokens: TokensRecord) => TokensRecord | null,
  ): Promise<void>
  setBusy(id: string, busy: ConnectionView['busy']): void
  /** What it waits for, until the host stops; `null` when that is over. */
  setWaiting(id: string, waiting: Waiting | null): void
  rename(id: string, name: string): Promise<void>
  /** Takes it out of the vault; `restore` puts it back until the host stops. Throws `conflict` where it is here again. */
  remove(id: string): Promise<void>
  restore(id: string): Promise<void>
  /**
   * Puts tokens, and what `merge` makes of both profiles as they are at that moment, into `id` and forgets `from`, in one
   * write: tokens never lie in two connections.
   */
  absorb(
    id: string,
    from: string,
    merge: (into: ConnectionRecord, from: ConnectionRecord) => ConnectionRecord,
    tokens: TokensRecord,
  ): Promise<void>
  /** Forgets it for good. */
  discard(id: string): Promise<void>
  /** Writes what could not be written before; answers the names of the connections for which it still cannot. */
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
  /** One change at a time to a connection. */
  const exclusively = keyedMutex()
  const writer = createConnectionWriter({ records, clock, cache, names, exclusively })
  const { tokens, store } = writer

  return {
    load: () => writer.open(() => records.list('connection')),
    forget() {
      writer.close()
      cache.clear()
    },
    views: () => [...cache.records.keys()].map(view),
    view,
    record,
    idNamed: (text) => connectionNamed(cache.records, text, services.known),
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
        // What is damaged can be removed, and not put back.
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
        // They stay safe where they are until they are written, so nothing is held of them here.
        await store(id, undo.record, undo).catch((error: unknown) =>
          Promise.reject(notPutBack(undo.record.name, error)),
        )
        removed.drop(id)
      }),
  }
}
