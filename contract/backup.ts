// What a backup holds, compared with what is here: shown before anything is restored.
import { z } from 'zod'

export const backupEntrySchema = z.object({
  kind: z.enum(['service', 'client', 'connection']),
  id: z.string(),
  name: z.string(),
  /** `differs`: it is here too, with other tokens or another description. What is here is never overwritten. */
  standing: z.enum(['new', 'same', 'differs']),
  /** For `differs`: how, in words. */
  words: z.string(),
})
export type BackupEntry = z.infer<typeof backupEntrySchema>

export const backupContentsSchema = z.object({ createdAt: z.number(), entries: z.array(backupEntrySchema) })
export type BackupContents = z.infer<typeof backupContentsSchema>

/** The longest text of a backup that is read (characters). */
export const longestBackup = 24_000_000
