// A record of the vault that cannot be used: shown where it would stand if it were whole.
import { z } from 'zod'
import { leftOutSchema } from './backup.ts'
import { lazyObject } from './lazy-schema.ts'
import { vaultStatusSchema } from './vault.ts'

/**
 * Why a record is not used. `unverified`: the list of the records' versions is damaged, so the current version is unknown.
 * `unreadable`: it decrypts, but does not fit its schema; a newer Grantdesk may have written it. `incomplete`, of a part of the
 * list: it is damaged, and some of the records that it named are not in the file, nobody knows which.
 */
export const recordProblemSchema = z.enum([
  'damaged',
  'other_version',
  'missing',
  'unlisted',
  'unverified',
  'unreadable',
  'incomplete',
])
export type RecordProblem = z.infer<typeof recordProblemSchema>

export const damagedRecordSchema = lazyObject(() => ({
  /** The record's kind in the vault: `connection`, `tokens`, `client_secret` … A newer version may have others. */
  kind: z.string(),
  id: z.string(),
  /** The kind in words. */
  what: z.string(),
  /** Of the connection, client or service; the id if it cannot be read. */
  name: z.string(),
  /** `null` if it cannot be read. */
  serviceId: z.string().nullable(),
  message: z.string(),
  remedy: z.string(),
  /** When it was found (ms). */
  since: z.number(),
  /** Whether `vault.recover` makes it whole. */
  recoverable: z.boolean(),
  problem: recordProblemSchema,
}))
export type DamagedRecord = z.infer<typeof damagedRecordSchema>

/** The records that a connection needs and that may be damaged while its profile is whole. */
export const connectionDamageSchema = z.enum(['tokens', 'client', 'client_secret', 'service'])

/** What of the vault is damaged. */
export const damagedListSchema = lazyObject(() => ({ damaged: z.array(damagedRecordSchema) }))

/** What recovering the vault came to. */
export const recoveredSchema = lazyObject(() => ({
  vault: vaultStatusSchema,
  /** Where the file is kept as it was. */
  keptAs: z.string().nullable(),
  recovered: z.array(leftOutSchema),
  unrecoverable: z.array(leftOutSchema),
}))

/** The kind of a part of the list of the records' versions. */
export const listKind = 'index'

/** Parts of the vault's file that belong to no record; without them it would not open, or nothing in it could be trusted. */
const ofTheFile = [listKind, 'check', 'slot']

/** Whether removing it makes sense: what belongs to the file itself can only be recovered. */
export function isRemovable({ kind }: Pick<DamagedRecord, 'kind'>): boolean {
  return !ofTheFile.includes(kind)
}

/** Those that are not what a connection needs, which is told with the connection itself. */
export function damageElsewhere<Record extends Pick<DamagedRecord, 'kind' | 'id'>>(
  damaged: Record[],
  { id, clientId, serviceId }: { id: string; clientId: string | null; serviceId: string },
): Record[] {
  const needed = [
    `connection:${id}`,
    `tokens:${id}`,
    `client:${clientId}`,
    `client_secret:${clientId}`,
    `service:${serviceId}`,
  ]
  return damaged.filter((record) => !needed.includes(`${record.kind}:${record.id}`))
}

/** Names some of the records and counts the others: “tokens of the connection ada, client Desk and 2 others”. */
export function recordsWords(records: { what: string; name: string }[], most = 3): string {
  const named = records.slice(0, most).map(({ what, name }) => `${what} ${name}`)
  const others = records.length - named.length
  return others > 0 ? `${named.join(', ')} and ${others} ${others === 1 ? 'other' : 'others'}` : named.join(', ')
}
