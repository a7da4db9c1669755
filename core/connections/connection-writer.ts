// Writes connections and their tokens to the vault and never loses new tokens: those that cannot be written are kept in memory
// and tried again, and those that arrived while the vault was locked are stored when it is unlocked.
import { randomUUID } from 'node:crypto'
import type { keyedMutex } from '../mutex.ts'
import type { Clock } from '../ports.ts'
import { ifDamaged, problem } from '../problem.ts'
import type { ConnectionRecord, RecordChange, Records, TokensRecord } from '../records.ts'
import { lockedVault } from '../vault/vault-problems.ts'
import type { ConnectionCache } from './connection-cache.ts'
import type { ConnectionNames } from './connection-names.ts'
import { createUnsavedTokenQueue } from './unsaved-token-queue.ts'
import { isUnsavedNotice, placeOf, type UnsavedTokens, unsavedNotice, unwritten } from './unsaved-tokens.ts'

export interface ConnectionWriter {
  /** Whether the vault is open and its connections are loaded; nothing is written before. */
  isOpen(): boolean
  /** Loads the profiles, then writes tokens that arrived while the vault was locked. */
  open(list: () => Promise<{ id: string; value: ConnectionRecord }[]>): Promise<void>
  close(): void
  /** The newest tokens, from memory or the vault. */
  newest(id: string): Promise<TokensRecord | undefined>
  /** The same; throws `vault_broken` if there are none. */
  tokens(id: string): Promise<TokensRecord>
  /** Writes the profile together with the given or unsaved tokens. Throws what the vault throws. */
  store(id: string, record: ConnectionRecord, tokens?: Omit<UnsavedTokens, 'over'>): Promise<void>
  /** Writes tokens to the vault, or else keeps them in memory and throws. */
  keep(id: string, tokens: UnsavedTokens): Promise<void>
  /** Stores new tokens where they belong in the vault's current contents. */
  place(id: string, tokens: UnsavedTokens): Promise<void>
  /** The record was written by somebody else. */
  written(id: string, record: ConnectionRecord): void
  erase(id: string, alongWith?: RecordChange[]): Promise<void>
  /** Tries to write unsaved tokens; returns the names of the connections where that still fails. */
  saveUnsaved(): Promise<string[]>
}

export interface ConnectionWriterParts {
  records: Records
  clock: Clock
  cache: ConnectionCache
  names: ConnectionNames
  exclusively: ReturnType<typeof keyedMutex>
}

export function createConnectionWriter(parts: ConnectionWriterParts): ConnectionWriter {
  const { records, clock, cache, names, exclusively } = parts
  const unsaved = createUnsavedTokenQueue(() => void saveUnsaved())
  let open = false

  async function newest(id: string): Promise<TokensRecord | undefined> {
    return unsaved.get(id)?.tokens ?? (await records.read('tokens', id))
  }

  function store(id: string, value: ConnectionRecord, given?: Omit<UnsavedTokens, 'over'>): Promise<void> {
    const waiting = unsaved.get(id)
    const status = waiting && isUnsavedNotice(value) ? waiting.record.status : value.status
    const tokens = (given ?? waiting)?.tokens
    const alongWith = given?.alongWith ?? waiting?.alongWith
    return names.during(id, value.name, async (name) => {
      const toWrite: ConnectionRecord = { ...value, name, status }
      const changes: RecordChange[] = [{ put: 'connection', id, value: toWrite }]
      if (tokens) changes.push({ put: 'tokens', id, value: tokens })
      await records.write([...changes, ...(alongWith?.changes() ?? [])])
      alongWith?.written()
      written(id, toWrite)
    })
  }

  function written(id: string, record: ConnectionRecord): void {
    unsaved.delete(id)
    cache.show(id, record)
  }

  async function keep(id: string, tokens: UnsavedTokens): Promise<void> {
    try {
      if (!open) throw lockedVault()
      await store(id, tokens.record, tokens)
    } catch {
      hold(id, tokens)
      throw problem('vault_broken', unwritten, 'Make room on the disk; Grantdesk goes on trying.')
    }
  }

  function hold(id: string, tokens: UnsavedTokens): void {
    if (!open) {
      unsaved.addShut(id, tokens)
      return
    }
    unsaved.add(id, tokens)
    const { record } = tokens
    const name = names.free(record.name, id)
    cache.show(id, { ...record, name, status: unsavedNotice(record.obtainedAt) })
  }

  async function place(id: string, tokens: UnsavedTokens): Promise<void> {
    unsaved.setShut(id, tokens)
    const present = cache.records.get(id)
    const inVault = present ? { record: present, tokens: await newest(id).catch(ifDamaged) } : null
    const placed = placeOf(tokens, inVault, clock.now())
    unsaved.deleteShut(id)
    if (placed.place === 'here') await keep(id, { ...tokens, record: placed.record })
    if (placed.place === 'beside') await keep(randomUUID(), { ...tokens, record: placed.record, over: null })
  }

  async function saveUnsaved(): Promise<string[]> {
    for (const id of unsaved.ids()) await exclusively(id, () => store(id, cache.record(id))).catch(() => undefined)
    unsaved.planRetry()
    const still = unsaved.ids().flatMap((id) => cache.records.get(id)?.name ?? [])
    return [...still, ...unsaved.shut().map(([, { record }]) => record.name)]
  }

  return {
    isOpen: () => open,
    async open(list) {
      open = await cache.records.load(list)
      for (const [id, tokens] of unsaved.shut()) await exclusively(id, () => place(id, tokens)).catch(() => undefined)
    },
    close() {
      open = false
      unsaved.close()
    },
    newest,
    async tokens(id) {
      cache.record(id)
      const found = await newest(id)
      if (!found)
        throw problem('vault_broken', 'The tokens of this connection are missing from the vault.', 'Reconnect.')
      return found
    },
    store,
    keep,
    place,
    written,
    async erase(id, alongWith = []) {
      cache.record(id)
      await records.write([...alongWith, { remove: 'connection', id }, { remove: 'tokens', id }])
      unsaved.delete(id)
      cache.remove(id)
    },
    saveUnsaved,
  }
}
