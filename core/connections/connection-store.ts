// The connections held: profiles in memory, tokens sealed until the moment they are used.
// Owns what a connection is; refuses to know how tokens are obtained.
import { randomUUID } from 'node:crypto'
import type { ConnectionView, Waiting } from '../../contract/connection.ts'
import { keyedMutex } from '../mutex.ts'
import type { Clock } from '../ports.ts'
import { ifDamaged, problem } from '../problem.ts'
import { RecordCache } from '../record-cache.ts'
import type { ConnectionRecord, RecordChange, Records, TokensRecord } from '../records.ts'
import type { ServiceRegistry } from '../services/registry.ts'
import { lockedVault } from '../vault/vault-problems.ts'
import type { AlongWith } from './client-draft.ts'
import type { ClientStore } from './client-store.ts'
import { createConnectionNames } from './connection-names.ts'
import { viewConnection } from './connection-view.ts'
import { notPutBack, type RemovedConnections } from './removed-connections.ts'
import { createTransientStates } from './transient-state.ts'
import {
  areSameTokens,
  isUnsavedNotice,
  placeOf,
  type UnsavedTokens,
  unsavedNotice,
  unwritten,
} from './unsaved-tokens.ts'

export interface ConnectionStore {
  load(): Promise<void>
  forget(): void
  views(): ConnectionView[]
  view(id: string): ConnectionView
  /** Throws `not_found`. */
  record(id: string): ConnectionRecord
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

/** How soon a failed write is tried again (ms). */
const retryAfter = 5_000

interface Dependencies {
  records: Records
  clock: Clock
  services: ServiceRegistry
  removed: RemovedConnections
  clients: () => ClientStore
  onChange: (view: ConnectionView) => void
  onRemove: (id: string) => void
  /** The number of a client's connections has changed. */
  onCount: (clientId: string | null) => void
}

export function createConnectionStore({
  records,
  clock,
  services,
  removed,
  clients,
  onChange,
  onRemove,
  onCount,
}: Dependencies): ConnectionStore {
  const connections = new RecordCache<ConnectionRecord>()
  const passing = createTransientStates((id) => connections.get(id) && onChange(view(id)))
  /** One change at a time to a connection. */
  const inItsTurn = keyedMutex()
  /** Tokens that came and could not be written yet: they are their connections' newest. */
  const held = new Map<string, UnsavedTokens>()
  /** Those over which the vault was shut: whether they are the newest shows when it is open again. */
  const stranded = new Map<string, UnsavedTokens>()
  const names = createConnectionNames(connections)
  let open = false
  let retry: NodeJS.Timeout | undefined

  function record(id: string): ConnectionRecord {
    const found = connections.get(id)
    if (!found) throw problem('not_found', 'This connection does not exist any more.')
    return found
  }

  function view(id: string): ConnectionView {
    return viewConnection(id, record(id), passing.of(id), { services, clients: clients() })
  }

  /** The newest there are: what could not be written yet, or what the vault holds. */
  async function newest(id: string): Promise<TokensRecord | undefined> {
    return held.get(id)?.tokens ?? (await records.read('tokens', id))
  }

  async function tokens(id: string): Promise<TokensRecord> {
    record(id)
    const found = await newest(id)
    if (!found) throw problem('vault_broken', 'The tokens of this connection are missing from the vault.', 'Reconnect.')
    return found
  }

  function show(id: string, value: ConnectionRecord): void {
    const isNew = !connections.has(id)
    connections.set(id, value)
    onChange(view(id))
    if (isNew) onCount(value.clientId)
  }

  function store(id: string, value: ConnectionRecord, arrived?: Omit<UnsavedTokens, 'over'>): Promise<void> {
    const waiting = held.get(id)
    const standing = waiting && isUnsavedNotice(value) ? waiting.record.standing : value.standing
    const tokens = (arrived ?? waiting)?.tokens
    const alongWith = arrived?.alongWith ?? waiting?.alongWith
    return names.during(id, value.name, async (name) => {
      const toWrite: ConnectionRecord = { ...value, name, standing }
      const changes: RecordChange[] = [{ put: 'connection', id, value: toWrite }]
      if (tokens) changes.push({ put: 'tokens', id, value: tokens })
      await records.write([...changes, ...(alongWith?.changes() ?? [])])
      held.delete(id)
      alongWith?.written()
      show(id, toWrite)
    })
  }

  /** Into the vault, or held in memory; thrown all the same where they are only held. */
  async function keep(id: string, arrived: UnsavedTokens): Promise<void> {
    try {
      // While the vault is shut, or what it holds is not known yet, nothing is written over it.
      if (!open) throw lockedVault()
      await store(id, arrived.record, arrived)
    } catch {
      hold(id, arrived)
      throw problem('vault_broken', unwritten, 'Make room on the disk; Grantdesk goes on trying.')
    }
  }

  function hold(id: string, arrived: UnsavedTokens): void {
    const where = open ? held : stranded
    const before = where.get(id)
    where.set(id, before ? { alongWith: before.alongWith, ...arrived, over: before.over } : arrived)
    if (!open) return
    retry ??= setTimeout(saveUnsaved, retryAfter).unref()
    const name = names.free(arrived.record.name, id)
    show(id, { ...arrived.record, name, standing: unsavedNotice(arrived.record.obtainedAt) })
  }

  /** Brings what came while the vault was shut to where it belongs in the vault as it is now. */
  async function land(id: string, arrived: UnsavedTokens): Promise<void> {
    stranded.set(id, arrived)
    const present = connections.get(id)
    const inVault = present ? { record: present, tokens: await newest(id).catch(ifDamaged) } : null
    const placed = placeOf(arrived, inVault, clock.now())
    stranded.delete(id)
    if (placed.place === 'here') await keep(id, { ...arrived, record: placed.record })
    if (placed.place === 'beside') await keep(randomUUID(), { ...arrived, record: placed.record, over: null })
  }

  async function saveUnsaved(): Promise<string[]> {
    clearTimeout(retry)
    retry = undefined
    for (const id of [...held.keys()]) await inItsTurn(id, () => store(id, record(id))).catch(() => undefined)
    if (held.size > 0) retry = setTimeout(saveUnsaved, retryAfter).unref()
    const names = [...held.keys()].flatMap((id) => connections.get(id)?.name ?? [])
    return [...names, ...[...stranded.values()].map(({ record }) => record.name)]
  }

  async function erase(id: string, alongWith: RecordChange[] = []): Promise<void> {
    const { clientId } = record(id)
    await records.write([...alongWith, { remove: 'connection', id }, { remove: 'tokens', id }])
    connections.delete(id)
    held.delete(id)
    onRemove(id)
    onCount(clientId)
  }

  return {
    async load() {
      open = await connections.load(() => records.list('connection'))
      for (const [id, arrived] of [...stranded]) await inItsTurn(id, () => land(id, arrived)).catch(() => undefined)
    },
    forget() {
      open = false
      for (const [id, arrived] of held) stranded.set(id, arrived)
      held.clear()
      clearTimeout(retry)
      retry = undefined
      connections.clear()
      passing.clear()
    },
    views: () => [...connections.keys()].map(view),
    view,
    record,
    nameOf: (id) => connections.get(id)?.name ?? null,
    tokens,
    freeName: names.free,
    countFor: (clientId) => [...connections.values()].filter((held) => held.clientId === clientId).length,
    put: (id, record, tokens, alongWith) => inItsTurn(id, () => keep(id, { record, tokens, over: null, alongWith })),
    update: (id, change) => inItsTurn(id, () => store(id, { ...record(id), ...change })),
    renew: (id, was, change, tokens, alongWith) =>
      inItsTurn(id, async () => {
        const record = { ...(connections.get(id) ?? was.record), ...change }
        const arrived = { record, tokens, over: was.tokens, alongWith }
        const inVault = await newest(id).catch(() => undefined)
        const changedSince = !connections.has(id) || (inVault && !areSameTokens(inVault, was.tokens))
        await (open && changedSince ? land(id, arrived) : keep(id, arrived))
      }),
    updateTokens: (id, change, changeTokens) =>
      inItsTurn(id, async () => {
        const changed = changeTokens(await tokens(id))
        const value = { ...record(id), ...change }
        await store(id, value, changed ? { record: value, tokens: changed } : undefined)
      }),
    saveUnsaved,
    setBusy: (id, busy) => passing.set(id, { busy }),
    setWaiting: (id, waiting) => passing.set(id, { waiting }),
    rename: (id, name) =>
      inItsTurn(id, async () => {
        if (names.isTaken(name, id)) throw problem('conflict', `Another connection is already called “${name}”.`)
        await store(id, { ...record(id), name })
      }),
    remove: (id) =>
      inItsTurn(id, async () => {
        const value = record(id)
        const newest = await tokens(id).catch(ifDamaged)
        // What is damaged can be removed, and not put back.
        const nowListed = newest ? await removed.seal(id, value, newest, view(id).serviceName) : undefined
        await erase(id)
        nowListed?.()
      }),
    absorb: (id, from, merge, tokens) =>
      inItsTurn(id, async () => {
        const value = merge(record(id), record(from))
        const moved: RecordChange[] = [
          { put: 'connection', id, value },
          { put: 'tokens', id, value: tokens },
        ]
        await inItsTurn(from, () => erase(from, moved))
        held.delete(id)
        show(id, value)
      }),
    discard: (id) => inItsTurn(id, () => erase(id)),
    restore: (id) =>
      inItsTurn(id, async () => {
        const undo = await removed.open(id)
        if (!open) throw lockedVault()
        if (connections.has(id)) throw problem('conflict', 'This connection is here again, with tokens of its own.')
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
