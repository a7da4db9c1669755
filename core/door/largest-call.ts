// The largest call that a caller may send, over any transport: a backup to be restored.
import { longestBackup } from '../../contract/backup.ts'

/** Bytes: a backup is ASCII, and the rest of a call is short. */
export const largestCall = longestBackup + 1_000_000
