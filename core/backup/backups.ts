// Backing up and restoring: everything in one file that a passphrase seals, looked at before it is restored, merged with
// what is here. Refuses to overwrite anything: what is here with other tokens stays, and the backup's comes beside it.
import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { type BackupContents, type BackupEntry, longestBackup } from '../../contract/backup.ts'
import type { Clock } from '../ports.ts'
import { problem } from '../problem.ts'
import type { ClientRecord, ConnectionRecord, RecordChange, RecordKind, Records, RecordValue } from '../records.ts'
import type { Secret } from '../secret.ts'
import { checkPassphrase } from '../vault/passphrase.ts'
import { type BackedUpKind, type BackupDocument, readDocument, wireForm, writeDocument } from './backup-document.ts'
import { openWithPassphrase, sealWithPassphrase } from './passphrase-jwe.ts'

export interface Backups {
  /** The text of the file, a compact JWE. */
  make(passphrase: Secret): Promise<{ text: string; fileName: string }>
  inspect(text: string, passphrase: Secret): Promise<BackupContents>
  /** Restores what is new, and the connections named; answers what came and what stayed as it was. */
  restore(text: string, passphrase: Secret, connections: string[] | undefined): Promise<Restored>
}

export interface Restored {
  restored: BackupEntry[]
  left: BackupEntry[]
}

interface Dependencies {
  records: Records
  clock: Clock
  /** A name that no connection has yet. */
  freeName(wanted: string): string
}

type Held = BackupDocument['records']

export function createBackups({ records, clock, freeName }: Dependencies): Backups {
  async function all<Kind extends BackedUpKind>(kind: Kind) {
    return Object.fromEntries((await records.list(kind)).map(({ id, value }) => [id, value]))
  }

  async function here(): Promise<Held> {
    const [service, client, client_secret, connection, tokens, history] = await Promise.all([
      all('service'),
      all('client'),
      all('client_secret'),
      all('connection'),
      all('tokens'),
      all('history'),
    ])
    // Each list was asked for by its kind.
    return { service, client, client_secret, connection, tokens, history } as Held
  }

  async function open(text: string, passphrase: Secret) {
    const document = readDocument(await openWithPassphrase(text, passphrase))
    const held = await here()
    return { document, held, entries: compare(document.records, held) }
  }

  return {
    async make(passphrase) {
      checkPassphrase(passphrase)
      const now = clock.now()
      const records = await here()
      const document = writeDocument({ createdAt: now, records: { ...records, history: newest(records.history) } })
      const text = await sealWithPassphrase(document, passphrase, 'application/json')
      if (text.length > longestBackup) throw tooMuch(text.length)
      return { text, fileName: `grantdesk-${new Date(now).toISOString().slice(0, 10)}.backup.jwe` }
    },
    async inspect(text, passphrase) {
      const { document, entries } = await open(text, passphrase)
      return { createdAt: document.createdAt, entries }
    },
    async restore(text, passphrase, connections) {
      const { document, held, entries } = await open(text, passphrase)
      const wanted = ({ kind, id, standing }: BackupEntry) => {
        if (kind !== 'connection') return standing === 'new'
        return connections ? connections.includes(id) && standing !== 'same' : standing === 'new'
      }
      const restored = entries.filter(wanted)
      const merge: Merge = { backup: document.records, held, freeName: namesApart(freeName) }
      const changes = restored.flatMap((entry) => changesFor(entry, merge))
      if (changes.length > 0) await records.write(changes)
      return { restored, left: entries.filter((entry) => !wanted(entry)) }
    },
  }
}

/** Of each connection's history as much as somebody would read. */
function newest(history: Held['history']): Held['history'] {
  const shortened = Object.entries(history).map(([id, { entries }]) => [id, { entries: entries.slice(0, 100) }])
  return Object.fromEntries(shortened)
}

function tooMuch(length: number) {
  const size = `${Math.ceil(length / 1_000_000)} MB`
  return problem('conflict', `This vault makes a backup of ${size}, which is more than can be restored.`)
}

/** Names are free of each other, too. */
function namesApart(freeName: (wanted: string) => string): (wanted: string) => string {
  const given = new Set<string>()
  return (wanted) => {
    let name = freeName(wanted)
    for (let number = 2; given.has(name.toLowerCase()); number += 1) name = freeName(`${wanted} (${number})`)
    given.add(name.toLowerCase())
    return name
  }
}

/** What the backup holds, beside what is here under the same id, or as the same registration. */
function compare(backup: Held, held: Held): BackupEntry[] {
  const [theirs, ours] = [wireForm(backup), wireForm(held)]
  const standing = (kind: BackedUpKind, id: string, at = id) => standingOf(theirs[kind][id], ours[kind][at])
  const services = Object.entries(backup.service).map(([id, { name }]): BackupEntry => {
    const stands = held.service[id] ? standing('service', id) : 'new'
    return {
      kind: 'service',
      id,
      name,
      standing: stands,
      words: stands === 'differs' ? 'Another description is here.' : '',
    }
  })
  const clients = Object.entries(backup.client).map(([id, client]): BackupEntry => {
    const known = knownClient(id, client, held)
    const stands = known === undefined ? 'new' : standing('client_secret', id, known)
    const words = stands === 'differs' ? 'Another client secret is here.' : ''
    return { kind: 'client', id, name: client.name, standing: stands, words }
  })
  const connections = Object.entries(backup.connection).map(([id, record]): BackupEntry => {
    const present = held.connection[id]
    const stands = present ? standing('tokens', id) : 'new'
    const words = stands === 'differs' && present ? ageInWords(record, present) : ''
    return { kind: 'connection', id, name: record.name, standing: stands, words }
  })
  return [...services, ...clients, ...connections]
}

function standingOf(theirs: unknown, ours: unknown): 'same' | 'differs' {
  return isDeepStrictEqual(theirs, ours) ? 'same' : 'differs'
}

function ageInWords(backup: ConnectionRecord, present: ConnectionRecord): string {
  const age = backup.obtainedAt > present.obtainedAt ? 'older' : 'newer'
  return `The tokens here are ${age} than those of the backup.`
}

/** The id here of a client of the backup: its own, or that of the same registration entered anew. */
function knownClient(id: string, client: ClientRecord, held: Held): string | undefined {
  if (held.client[id]) return id
  const same = (known: ClientRecord) =>
    known.serviceId === client.serviceId && known.baseUrl === client.baseUrl && known.clientId === client.clientId
  return Object.entries(held.client).find(([, known]) => same(known))?.[0]
}

interface Merge {
  backup: Held
  held: Held
  freeName(wanted: string): string
}

function changesFor({ kind, id, standing }: BackupEntry, merge: Merge): RecordChange[] {
  switch (kind) {
    case 'service':
      return puts('service', id, merge.backup.service[id])
    case 'client':
      return [
        ...puts('client', id, merge.backup.client[id]),
        ...puts('client_secret', id, merge.backup.client_secret[id]),
      ]
    case 'connection':
      return connectionChanges(id, standing === 'new' ? id : randomUUID(), merge)
  }
}

function puts<Kind extends RecordKind>(put: Kind, id: string, value: RecordValue<Kind> | undefined): RecordChange[] {
  return value === undefined ? [] : [{ put, id, value } as RecordChange]
}

/** A connection whose tokens are missing would be none: the backup's own damage stays where it is. */
function connectionChanges(id: string, into: string, { backup, held, freeName }: Merge): RecordChange[] {
  const [record, tokens] = [backup.connection[id], backup.tokens[id]]
  if (!record || !tokens) return []
  const client = record.clientId === null ? undefined : backup.client[record.clientId]
  const clientId =
    client && record.clientId !== null
      ? (knownClient(record.clientId, client, held) ?? record.clientId)
      : record.clientId
  return [
    ...puts('connection', into, { ...record, clientId, name: freeName(record.name) }),
    ...puts('tokens', into, tokens),
    ...puts('history', into, backup.history[id]),
  ]
}
