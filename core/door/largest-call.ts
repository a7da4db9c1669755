// How much a caller may send at once, by whichever way it comes: a backup to be restored is the longest that there is.
import { longestBackup } from '../../contract/backup.ts'

/** Bytes: what may stand in a backup is ASCII, and the rest of a call is short. */
export const largestCall = longestBackup + 1_000_000
