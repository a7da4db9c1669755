// Compares a backup with the vault: what is new, the same, different or incomplete. Pure; nothing is ever overwritten.
import { isDeepStrictEqual } from 'node:util'
import type { BackupEntry } from '../../contract/backup.ts'
import { proxyChoiceWords } from '../../contract/proxy-choice-words.ts'
import type { ClientRecord, TokensRecord } from '../records.ts'
import { type BackedUpKind, type BackupDocument, wireForm } from './backup-document.ts'

export type BackupRecords = BackupDocument['records']

/** Compares each service, client and connection with the one that has its id here, or is the same client registration. */
export function compare(backup: BackupRecords, held: BackupRecords): BackupEntry[] {
  const [theirs, ours] = [wireForm(backup), wireForm(held)]
  const comparison = (kind: BackedUpKind, id: string, at = id): 'same' | 'differs' =>
    isDeepStrictEqual(theirs[kind][id], ours[kind][at]) ? 'same' : 'differs'

  const services = Object.entries(backup.service).map(([id, { name }]): BackupEntry => {
    const stands = held.service[id] ? comparison('service', id) : 'new'
    const words = stands === 'differs' ? 'Another description is here, and stays.' : ''
    return { kind: 'service', id, name, comparison: stands, words, warning: null }
  })

  const clients = Object.entries(backup.client).map(([id, client]): BackupEntry => {
    const known = knownClient(id, client, held)
    const stands = known === undefined ? 'new' : comparison('client_secret', id, known)
    const lacking = client.hasSecret && !backup.client_secret[id]
    const words =
      stands === 'differs'
        ? 'Another client secret is here, and stays.'
        : lacking && stands === 'new'
          ? 'Its client secret is not in the backup: enter it afterwards.'
          : ''
    return { kind: 'client', id, name: client.name, comparison: stands, words, warning: null }
  })

  const connections = Object.entries(backup.connection).map(([id, record]): BackupEntry => {
    const entry = { kind: 'connection' as const, id, name: record.name, words: '', warning: null }
    const tokens = backup.tokens[id]
    const present = held.connection[id]
    if (!tokens) return { ...entry, comparison: 'incomplete', words: 'Its tokens are not in the backup.' }
    if (!present) return { ...entry, comparison: 'new' }
    const here = held.tokens[id]
    if (here && comparison('tokens', id) === 'same') return { ...entry, comparison: 'same' }
    const words = here ? ageInWords(record.obtainedAt - present.obtainedAt) : 'Its tokens here are missing or damaged.'
    return { ...entry, comparison: 'differs', words, warning: warningOf(tokens, here) }
  })
  const settings = Object.entries(backup.settings).map(([id, { proxy }]): BackupEntry => {
    const same = held.settings[id] && isDeepStrictEqual(theirs.proxy_password[id], ours.proxy_password[id])
    const stands = !held.settings[id] ? 'new' : same ? comparison('settings', id) : 'differs'
    const words = stands === 'differs' ? 'Other settings are here, and stay.' : proxyChoiceWords(proxy)
    return { kind: 'settings', id, name: 'Settings', comparison: stands, words, warning: null }
  })
  return [...services, ...clients, ...connections, ...settings]
}

/** The id in this vault of a backup's client: its own, or that of the same registration entered again. */
export function knownClient(id: string, client: ClientRecord, held: BackupRecords): string | undefined {
  if (held.client[id]) return id
  const same = (known: ClientRecord) =>
    known.serviceId === client.serviceId && known.baseUrl === client.baseUrl && known.clientId === client.clientId
  return Object.entries(held.client).find(([, known]) => same(known))?.[0]
}

function ageInWords(newer: number): string {
  if (newer === 0) return 'Other tokens of the same moment are here.'
  return newer > 0
    ? 'The backup’s tokens are newer than those here.'
    : 'The tokens here are newer than those of the backup.'
}

/**
 * Services that rotate refresh tokens treat the reuse of an old one as theft.
 * @see https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2
 */
function warningOf(backup: TokensRecord, here: TokensRecord | undefined): string | null {
  if (!here?.refreshToken || !backup.refreshToken) return null
  if (here.refreshToken.reveal() === backup.refreshToken.reveal()) return null
  return 'Two refresh tokens of one grant would lie side by side: a service that rotates them may revoke both as soon as the older one is used.'
}
