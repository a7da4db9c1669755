// The connections held: profiles in memory, tokens sealed until the moment they are used.
// Owns what a connection is; refuses to know how tokens are obtained.
import type { ConnectionView } from '../../contract/connection.ts'
import type { Grant } from '../../contract/service.ts'
import { ifDamaged, problem } from '../problem.ts'
import type { ConnectionRecord, RecordChange, Records, TokensRecord } from '../records.ts'
import type { ServiceRegistry } from '../services/registry.ts'
import { Shelf } from '../shelf.ts'
import { inTurnByKey } from '../turns.ts'
import type { ClientBook } from './client-book.ts'
import { placementOf } from './token-placement.ts'

export interface ConnectionBook {
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
   * Profile and tokens in one write; both are on disk before anyone sees them. Tokens that could not be written are held
   * in memory and tried again; the error is thrown all the same.
   */
  put(id: string, record: ConnectionRecord, tokens?: TokensRecord): Promise<void>
  /** Changes what is held at that moment: two changes at once lose nothing of each other. */
  update(id: string, change: Partial<ConnectionRecord>, tokens?: TokensRecord): Promise<void>
  /** Changes the profile, and the tokens as they are at that moment, in one write; `null` leaves the tokens. */
  updateTokens(
    id: string,
    change: Partial<ConnectionRecord>,
    tokens: (tokens: TokensRecord) => TokensRecord | null,
  ): Promise<void>
  setBusy(id: string, busy: ConnectionView['busy']): void
  rename(id: string, name: string): Promise<void>
  /** Takes it out of the vault; `restore` puts it back until the host stops. */
  remove(id: string): Promise<void>
  restore(id: string): Promise<void>
  /** Puts profile and tokens of `from` into `id` and forgets `from`, in one write: tokens never lie in two connections. */
  absorb(id: string, from: string, record: ConnectionRecord, tokens: TokensRecord): Promise<void>
  /** Forgets it for good. */
  discard(id: string): Promise<void>
  /** Writes what could not be written before; answers the names of the connections for which it still cannot. */
  saveHeld(): Promise<string[]>
}

/** What a removed connection was, until the host stops. */
interface Undo {
  record: ConnectionRecord
  tokens: TokensRecord
}

const unwritten = 'New tokens came, but the vault could not be written. They are held in memory for now.'
/** How soon a failed write is tried again (ms). */
const retryAfter = 5_000

/** Whom the tokens act as, in the words of the grant and of its inputs. */
function actsAs({ inputs, actsAs: always }: Grant, answers: Record<string, string>): string | null {
  const chosen = inputs.flatMap(({ id, actsAs }) => {
    const value = answers[id]
    return actsAs && value ? [actsAs.replaceAll('{value}', value)] : []
  })
  const words = always ? [always, ...chosen] : chosen
  return words.length > 0 ? words.join(', ') : null
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
  const connections = new Shelf<ConnectionRecord>()
  const busy = new Map<string, ConnectionView['busy']>()
  const removed = new Map<string, Undo>()
  /** One change at a time to a connection. */
  const inItsTurn = inTurnByKey()
  /** Tokens that came and could not be written yet. */
  const held = new Map<string, TokensRecord>()
  let retry: NodeJS.Timeout | undefined

  function record(id: string): ConnectionRecord {
    const found = connections.get(id)
    if (!found) throw problem('not_found', 'This connection does not exist any more.')
    return found
  }

  function view(id: string): ConnectionView {
    const { answers, ...held } = record(id)
    const { parameters: _, refreshing: __, revoking: ___, installation: ____, scopeChanges: _____, ...profile } = held
    // A connection outlives its client and its service in a damaged vault; it must still be shown.
    const service = services.list().find((candidate) => candidate.id === profile.serviceId)
    const grant = service?.grants.find((candidate) => candidate.id === profile.grantId)
    const revoked = profile.standing.kind === 'revoked'
    return {
      id,
      ...profile,
      refreshable: profile.refreshable && !revoked,
      actsAs: grant ? actsAs(grant, answers) : null,
      bearer: service ? placementOf(service, profile) : { header: 'Authorization', prefix: 'Bearer ' },
      serviceName: service?.name ?? profile.serviceId,
      clientName: profile.clientId ? clients().nameOf(profile.clientId) : null,
      grantName: grant?.name ?? profile.grantId,
      busy: busy.get(id) ?? null,
    }
  }

  async function tokens(id: string): Promise<TokensRecord> {
    record(id)
    const found = held.get(id) ?? (await records.read('tokens', id))
    if (!found) throw problem('vault_broken', 'The tokens of this connection are missing from the vault.', 'Reconnect.')
    return found
  }

  function show(id: string, value: ConnectionRecord): void {
    const isNew = !connections.has(id)
    connections.set(id, value)
    onChange(view(id))
    if (isNew) onCount(value.clientId)
  }

  async function store(id: string, value: ConnectionRecord, newTokens?: TokensRecord): Promise<void> {
    const waiting = held.get(id)
    const toWrite: ConnectionRecord = waiting ? { ...value, standing: { kind: 'good' } } : value
    const changes: RecordChange[] = [{ put: 'connection', id, value: toWrite }]
    const withTokens = newTokens ?? waiting
    if (withTokens) changes.push({ put: 'tokens', id, value: withTokens })
    try {
      await records.write(changes)
    } catch (error) {
      if (newTokens) hold(id, value, newTokens)
      throw newTokens ? problem('vault_broken', unwritten, 'Make room on the disk; Grantdesk goes on trying.') : error
    }
    held.delete(id)
    show(id, toWrite)
  }

  function hold(id: string, value: ConnectionRecord, newTokens: TokensRecord): void {
    held.set(id, newTokens)
    const failure = problem('vault_broken', unwritten, 'Make room on the disk, and do not quit before.').failure
    show(id, { ...value, standing: { kind: 'needs_attention', since: value.obtainedAt, failure } })
    retry ??= setTimeout(saveHeld, retryAfter).unref()
  }

  async function saveHeld(): Promise<string[]> {
    clearTimeout(retry)
    retry = undefined
    for (const id of [...held.keys()]) await inItsTurn(id, () => store(id, record(id))).catch(() => undefined)
    if (held.size > 0) retry = setTimeout(saveHeld, retryAfter).unref()
    return [...held.keys()].flatMap((id) => connections.get(id)?.name ?? [])
  }

  function nameTaken(name: string, by?: string): boolean {
    const wanted = name.toLowerCase()
    return [...connections].some(([id, { name }]) => id !== by && name.toLowerCase() === wanted)
  }

  function freeName(wanted: string): string {
    const base = wanted.trim().slice(0, 70) || 'Connection'
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? base : `${base} ${number}`
      if (!nameTaken(name)) return name
    }
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
      await connections.load(() => records.list('connection'))
    },
    forget() {
      connections.clear()
      busy.clear()
      removed.clear()
      held.clear()
      clearTimeout(retry)
      retry = undefined
    },
    views: () => [...connections.keys()].map(view),
    view,
    record,
    nameOf: (id) => connections.get(id)?.name ?? null,
    tokens,
    freeName,
    countFor: (clientId) => [...connections.values()].filter((held) => held.clientId === clientId).length,
    put: (id, value, newTokens) => inItsTurn(id, () => store(id, value, newTokens)),
    update: (id, change, newTokens) => inItsTurn(id, () => store(id, { ...record(id), ...change }, newTokens)),
    updateTokens: (id, change, changeTokens) =>
      inItsTurn(id, async () => {
        const changed = changeTokens(await tokens(id))
        await store(id, { ...record(id), ...change }, changed ?? undefined)
      }),
    saveHeld,
    setBusy(id, value) {
      if (value === null) busy.delete(id)
      else busy.set(id, value)
      if (connections.has(id)) onChange(view(id))
    },
    async rename(id, name) {
      if (nameTaken(name, id)) throw problem('conflict', `Another connection is already called “${name}”.`)
      await inItsTurn(id, () => store(id, { ...record(id), name }))
    },
    remove: (id) =>
      inItsTurn(id, async () => {
        const value = record(id)
        const newest = await tokens(id).catch(ifDamaged)
        await erase(id)
        // What is damaged can be removed, and not put back.
        if (newest) removed.set(id, { record: value, tokens: newest })
      }),
    absorb: (id, from, value, tokens) =>
      inItsTurn(id, async () => {
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
        const undo = removed.get(id)
        if (!undo) throw problem('not_found', 'This connection can no longer be put back.', 'Connect again.')
        services.find(undo.record.serviceId)
        if (undo.record.clientId) clients().record(undo.record.clientId)
        const value = { ...undo.record, name: freeName(undo.record.name) }
        await store(id, value, undo.tokens)
        removed.delete(id)
      }),
  }
}
