// A record of the vault that cannot be used: shown where it would stand if it were whole.
import { z } from 'zod'
import { leftOutSchema } from './backup.ts'
import { lazyObject } from './lazy-schema.ts'
import { vaultStatusSchema } from './vault.ts'

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
}))
export type DamagedRecord = z.infer<typeof damagedRecordSchema>

/** The records that a connection needs and that may be damaged while its profile is whole. */
export const connectionDamageSchema = z.enum(['tokens', 'client', 'client_secret', 'service'])

/** How a token is sent, where the service's description, which says it, is damaged. */
export const unknownPlacement = 'not known: the service’s description is damaged'

/** What recovering the vault came to. */
export const recoveredSchema = lazyObject(() => ({
  vault: vaultStatusSchema,
  /** Where the file is kept as it was. */
  damaged: z.string().nullable(),
  mended: z.array(leftOutSchema),
  left: z.array(leftOutSchema),
}))

/** Parts of the vault's file that belong to no record; without them it would not open, or nothing in it could be trusted. */
const ofTheFile = ['index', 'check', 'slot']

/** Whether removing it makes sense: what belongs to the file itself can only be recovered. */
export function isRemovable({ kind }: Pick<DamagedRecord, 'kind'>): boolean {
  return !ofTheFile.includes(kind)
}
