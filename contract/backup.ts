// A backup's contents compared with the vault's, shown before anything is restored.
import { z } from 'zod'
import { lazyObject } from './lazy-schema.ts'

export const backupEntrySchema = lazyObject(() => ({
  kind: z.enum(['service', 'client', 'connection', 'settings']),
  id: z.string(),
  name: z.string(),
  /**
   * `differs`: also in the vault, with other tokens or another description. Restoring never overwrites it.
   * `incomplete`: the backup lacks its tokens, so there is nothing to restore.
   */
  comparison: z.enum(['new', 'same', 'differs', 'incomplete']),
  /** How it differs or what is missing, in words; may be empty. */
  words: z.string(),
  /** The risk of restoring it next to the one in the vault; `null` if there is none. */
  warning: z.string().nullable(),
}))
export type BackupEntry = z.infer<typeof backupEntrySchema>

export const backupContentsSchema = lazyObject(() => ({ createdAt: z.number(), entries: z.array(backupEntrySchema) }))
export type BackupContents = z.infer<typeof backupContentsSchema>

/** A damaged record, which cannot be backed up. */
export const leftOutSchema = lazyObject(() => ({ what: z.string(), name: z.string() }))
export type LeftOut = z.infer<typeof leftOutSchema>

/** A text file for the person. If the host has saved it, the text is not included. */
export const deliveredTextSchema = lazyObject(() => ({
  text: z.string().nullable(),
  fileName: z.string(),
  /** The path if the host has saved it. */
  savedAs: z.string().nullable(),
}))
export type DeliveredText = z.infer<typeof deliveredTextSchema>

/** The largest backup that is read (characters). */
export const longestBackup = 24_000_000
