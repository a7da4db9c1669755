// Listing, searching and exporting the history: which connection an entry belongs to, and the text that is searched.
import { z } from 'zod'
import {
  type Caller,
  callerSchema,
  type HistoryOperation,
  historyEntrySchema,
  historyOperationSchema,
  historyOutcomeSchema,
} from './connection.ts'
import { lazyObject } from './lazy-schema.ts'

export const listedEntrySchema = lazyObject(() => ({
  ...historyEntrySchema.unwrap().shape,
  /** `null` for operations on the whole vault. */
  connectionId: z.string().nullable(),
  /** Its current or last name. */
  connectionName: z.string().nullable(),
}))
export type ListedEntry = z.infer<typeof listedEntrySchema>

export const historyFilterSchema = lazyObject(() => ({
  /** Only this connection, which may have been removed. */
  connectionId: z.string().max(200).optional(),
  operation: historyOperationSchema.optional(),
  caller: callerSchema.optional(),
  outcome: historyOutcomeSchema.optional(),
  /** Earliest time (ms). */
  since: z.number().optional(),
  /** Latest time (ms). */
  until: z.number().optional(),
  /** Words that an entry's visible text must all contain. */
  search: z.string().max(200).optional(),
}))
export type HistoryFilter = z.infer<typeof historyFilterSchema>

/** The most entries in one listing; an export has all. */
export const longestListing = 2_000

export const callerWords: Record<Caller, string> = {
  window: 'window',
  tab: 'browser tab',
  command: 'command line',
  host: 'Grantdesk itself',
}

export const operationWords: Record<HistoryOperation, string> = {
  connect: 'Connect',
  refresh: 'Refresh',
  revoke: 'Revoke',
  identify: 'Identify',
  request: 'Request',
  reveal: 'Reveal',
  copy: 'Copy',
  token: 'Token',
  rename: 'Rename',
  tag: 'Tags',
  workspace: 'Workspace',
  test_path: 'Test path',
  auto_refresh: 'Automatic refresh',
  remove: 'Remove',
  put_back: 'Put back',
  backup: 'Backup',
  restore: 'Restore',
  client_secret: 'Client secret',
  certificates: 'Certificates',
  settings: 'Settings',
  unlock_settings: 'Unlock settings',
  webhook: 'Webhook',
  recover: 'Recover',
}

/** What an entry is about, in words; a first attempt to connect that failed made no connection, and its detail names the service. */
export function subjectWords({ connectionId, connectionName, operation }: ListedEntry): string {
  if (connectionId === null) return operation === 'connect' ? '–' : 'the vault'
  return connectionName ?? 'a removed connection'
}

/** Normalized for comparing: text that looks the same is equal. */
const folded = (text: string) => text.normalize('NFC').toLowerCase()

function wordsOf(entry: ListedEntry): string {
  const outcome = entry.outcome === 'failed' ? 'failed' : ''
  return folded(
    [subjectWords(entry), operationWords[entry.operation], callerWords[entry.caller], outcome, entry.detail].join(' '),
  )
}

/** Whether an entry matches a filter. */
export function matchesHistory(entry: ListedEntry, filter: HistoryFilter): boolean {
  if (filter.connectionId !== undefined && entry.connectionId !== filter.connectionId) return false
  if (filter.operation !== undefined && entry.operation !== filter.operation) return false
  if (filter.caller !== undefined && entry.caller !== filter.caller) return false
  if (filter.outcome !== undefined && entry.outcome !== filter.outcome) return false
  if (filter.since !== undefined && entry.at < filter.since) return false
  if (filter.until !== undefined && entry.at > filter.until) return false
  const wanted = folded(filter.search ?? '')
    .split(/\s+/)
    .filter(Boolean)
  if (wanted.length === 0) return true
  const words = wordsOf(entry)
  return wanted.every((word) => words.includes(word))
}
