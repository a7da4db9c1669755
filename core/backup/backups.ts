// Backing up and restoring: everything in one file, encrypted with a passphrase, that can be inspected before it is merged
// into the vault. Never overwrites: a connection with other tokens is restored next to the one in the vault.
import { randomUUID } from 'node:crypto'
import { type BackupContents, type BackupEntry, type LeftOut, longestBackup } from '../../contract/backup.ts'
import type { History } from '../history/history.ts'
import type { Clock } from '../ports.ts'
import { problem } from '../problem.ts'
import type { NamedRecords, RecordChange, RecordKind, RecordValue } from '../records.ts'
import type { Secret } from '../secret.ts'
import { checkPassphrase } from '../vault/passphrase.ts'
import { openWithPassphrase, sealWithPassphrase } from '../vault/passphrase-jwe.ts'
import { type BackedUpKind, backedUpKinds, readDocument, writeDocument } from './backup-document.ts'
import { type BackupRecords, compare, knownClient } from './compare.ts'

export interface Backups {
  /** The file's text, a compact JWE, and what could not be included. */
  make(passphrase: Secret): Promise<Made>
  inspect(text: string, passphrase: Secret): Promise<BackupContents>
  /** Restores what is new, and the named connections; returns what was restored and what was left unchanged. */
  restore(text: string, passphrase: Secret, connections: string[] | undefined): Promise<Restored>
}

export interface Made {
  text: string
  fileName: string
  leftOut: LeftOut[]
  connections: number
}

export interface Restored {
  createdAt: number
  restored: BackupEntry[]
  left: BackupEntry[]
  /** The restored connections, with their ids and names in this vault. */
  came: { id: string; name: string; beside: boolean }[]
}

interface Dependencies {
  records: NamedRecords
  clock: Clock
  history: Pick<History, 'shortened' | 'merge'>
  /** A name that no connection has. */
  freeName(wanted: string): string
  /** Whether there is no vault yet. A backup can be inspected all the same: everything in it is new then. */
  isMissing(): boolean
  /** PBKDF2 iterations for a backup's passphrase. */
  rounds: number
}

export function createBackups({ records, clock, history, freeName, isMissing, rounds }: Dependencies): Backups {
  async function all<Kind extends BackedUpKind>(kind: Kind) {
    return Object.fromEntries((await records.list(kind)).map(({ id, value }) => [id, value]))
  }

  async function here(): Promise<BackupRecords> {
    const [
      service,
      service_certificates,
      client,
      client_secret,
      connection,
      tokens,
      settings,
      proxy_password,
      webhook,
    ] = await Promise.all([
      all('service'),
      all('service_certificates'),
      all('client'),
      all('client_secret'),
      all('connection'),
      all('tokens'),
      all('settings'),
      all('proxy_password'),
      all('webhook'),
    ])
    // Safe: each list was requested by its kind.
    const own = { service, service_certificates, client, client_secret, connection, tokens, settings, proxy_password }
    return { ...own, webhook, history: {} } as BackupRecords
  }

  /** Records that cannot be decrypted, or lack their tokens or connection. */
  async function leftOut(held: BackupRecords): Promise<LeftOut[]> {
    const damaged = await Promise.all(
      backedUpKinds
        .filter((kind) => kind !== 'history')
        .map(async (kind) => {
          const missing = (await records.ids(kind)).filter((id) => !(id in held[kind]))
          return missing.map((id): LeftOut => ({ what: kindWords[kind], name: nameIn(held, kind, id) }))
        }),
    )
    const stored = new Set(await records.ids('tokens'))
    const halves = Object.entries(held.connection)
      .filter(([id]) => !stored.has(id))
      .map(([, { name }]): LeftOut => ({ what: kindWords.tokens, name }))
    return [...damaged.flat(), ...halves]
  }

  async function open(text: string, passphrase: Secret, beside = here) {
    const document = readDocument(await openWithPassphrase(text, passphrase))
    const held = await beside()
    return { document, held, entries: compare(document.records, held) }
  }

  return {
    async make(passphrase) {
      checkPassphrase(passphrase)
      const now = clock.now()
      const held = await here()
      const document = writeDocument({ createdAt: now, records: { ...held, history: await history.shortened() } })
      const text = await sealWithPassphrase(document, passphrase, 'application/json', rounds)
      if (text.length > longestBackup) throw tooMuch(text.length)
      const fileName = `grantdesk-${new Date(now).toISOString().slice(0, 10)}.backup.jwe`
      return { text, fileName, leftOut: await leftOut(held), connections: Object.keys(held.tokens).length }
    },
    async inspect(text, passphrase) {
      const { document, entries } = await open(text, passphrase, isMissing() ? async () => nothing : here)
      return { createdAt: document.createdAt, entries }
    },
    async restore(text, passphrase, connections) {
      const { document, held, entries } = await open(text, passphrase)
      const wanted = ({ kind, id, comparison }: BackupEntry) => {
        if (comparison !== 'new' && comparison !== 'differs') return false
        if (kind !== 'connection') return comparison === 'new'
        return connections ? connections.includes(id) : comparison === 'new'
      }
      const merge: Merge = { backup: document.records, held, freeName: namesApart(freeName) }
      const coming = entries.filter(wanted).map((entry) => ({ entry, ...changesFor(entry, merge) }))
      if (coming.length > 0) {
        // History first: if the host is killed in between, the connections are missing and can be restored again.
        await history.merge(document.records.history)
        await records.write([
          ...coming.flatMap(({ changes }) => changes),
          ...lacking('service_certificates', merge),
          ...lacking('webhook', merge),
        ])
      }
      return {
        createdAt: document.createdAt,
        restored: coming.map(({ entry, as }) => (as ? { ...entry, words: asWords(entry, as.name) } : entry)),
        left: entries.filter((entry) => !wanted(entry)),
        came: coming.flatMap(({ entry, as }) => (as ? [{ ...as, beside: entry.comparison === 'differs' }] : [])),
      }
    },
  }
}

const nothing: BackupRecords = {
  ...{ service: {}, service_certificates: {}, client: {}, client_secret: {} },
  ...{ connection: {}, tokens: {}, settings: {}, proxy_password: {}, webhook: {}, history: {} },
}

const kindWords: Record<BackedUpKind, string> = {
  service: 'service',
  service_certificates: 'certificates of the service',
  client: 'client',
  client_secret: 'client secret',
  connection: 'connection',
  tokens: 'tokens of the connection',
  settings: 'settings',
  proxy_password: 'password of the proxy',
  webhook: 'webhook secrets of the service',
  history: 'history',
}

function nameIn(held: BackupRecords, kind: BackedUpKind, id: string): string {
  if (kind === 'tokens') return held.connection[id]?.name ?? id
  if (kind === 'settings' || kind === 'proxy_password') return ''
  return kind === 'client_secret' ? (held.client[id]?.name ?? id) : id
}

function asWords({ name }: BackupEntry, as: string): string {
  return name === as ? '' : `It is called “${as}” here.`
}

function tooMuch(length: number) {
  const size = `${Math.ceil(length / 1_000_000)} MB`
  return problem('conflict', `This vault makes a backup of ${size}, which is more than can be restored.`)
}

/** Also keeps the restored names distinct from each other. */
function namesApart(freeName: (wanted: string) => string): (wanted: string) => string {
  const given = new Set<string>()
  return (wanted) => {
    let name = freeName(wanted)
    for (let number = 2; given.has(name.toLowerCase()); number += 1) name = freeName(`${wanted} (${number})`)
    given.add(name.toLowerCase())
    return name
  }
}

interface Merge {
  backup: BackupRecords
  held: BackupRecords
  freeName(wanted: string): string
}

interface Coming {
  changes: RecordChange[]
  /** A connection's id and name in this vault. */
  as?: { id: string; name: string }
}

function changesFor({ kind, id, comparison }: BackupEntry, merge: Merge): Coming {
  const { backup } = merge
  switch (kind) {
    case 'service':
      return { changes: puts('service', id, backup.service[id]) }
    case 'settings':
      return {
        changes: [
          ...puts('settings', id, backup.settings[id]),
          ...puts('proxy_password', id, backup.proxy_password[id]),
        ],
      }
    case 'client':
      return {
        changes: [...puts('client', id, backup.client[id]), ...puts('client_secret', id, backup.client_secret[id])],
      }
    case 'connection':
      return connectionChanges(id, comparison === 'new' ? id : randomUUID(), merge)
  }
}

/** What belongs to a service and is lacking here: without its certificates it may not be reached. */
function lacking(kind: 'service_certificates' | 'webhook', { backup, held }: Merge): RecordChange[] {
  const missing = Object.entries(backup[kind]).filter(([id]) => !held[kind][id])
  return missing.flatMap(([id, value]) => puts(kind, id, value))
}

function puts<Kind extends RecordKind>(put: Kind, id: string, value: RecordValue<Kind> | undefined): RecordChange[] {
  return value === undefined ? [] : [{ put, id, value } as RecordChange]
}

function connectionChanges(id: string, into: string, { backup, held, freeName }: Merge): Coming {
  const [record, tokens] = [backup.connection[id], backup.tokens[id]]
  if (!record || !tokens) return { changes: [] }
  const client = record.clientId === null ? undefined : backup.client[record.clientId]
  const clientId =
    client && record.clientId !== null
      ? (knownClient(record.clientId, client, held) ?? record.clientId)
      : record.clientId
  const name = freeName(record.name)
  return {
    changes: [...puts('connection', into, { ...record, clientId, name }), ...puts('tokens', into, tokens)],
    as: { id: into, name },
  }
}
