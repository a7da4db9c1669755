// What a backup holds, compared with what is here: shown before anything is restored.
import { z } from 'zod'

export const backupEntrySchema = z.object({
  kind: z.enum(['service', 'client', 'connection']),
  id: z.string(),
  name: z.string(),
  /**
   * `differs`: it is here too, with other tokens or another description. What is here is never overwritten.
   * `incomplete`: its tokens are not in the backup, so there is nothing to restore.
   */
  comparison: z.enum(['new', 'same', 'differs', 'incomplete']),
  /** How it differs or what is missing, in words; empty where nothing is to be said. */
  words: z.string(),
  /** What restoring it beside the one that is here may do, in words; `null` where nothing is to be feared. */
  warning: z.string().nullable(),
})
export type BackupEntry = z.infer<typeof backupEntrySchema>

export const backupContentsSchema = z.object({ createdAt: z.number(), entries: z.array(backupEntrySchema) })
export type BackupContents = z.infer<typeof backupContentsSchema>

/** A damaged record, which no backup can hold. */
export const leftOutSchema = z.object({ what: z.string(), name: z.string() })
export type LeftOut = z.infer<typeof leftOutSchema>

/** A text that leaves the host as a file. Where the host has saved it, the text stays there. */
export const deliveredTextSchema = z.object({
  text: z.string().nullable(),
  fileName: z.string(),
  /** Where the host has saved it. */
  savedAs: z.string().nullable(),
})
export type DeliveredText = z.infer<typeof deliveredTextSchema>

/** The longest text of a backup that is read (characters). */
export const longestBackup = 24_000_000
