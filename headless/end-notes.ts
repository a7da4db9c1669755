// Says once, beside what was asked for, that something ends which only the person can renew. On standard error: a program
// that reads the output is not disturbed.
import type { Door } from '../contract/caller.ts'
import { type ConnectionView, endToRemind, reminderOf } from '../contract/connection.ts'
import { note } from './output.ts'
import { endWords } from './token-words.ts'

/** Of these connections, what was told nowhere yet. */
export async function noteEnds(door: Door, connections: ConnectionView[], now: number): Promise<void> {
  for (const connection of connections) {
    const { id, name, status, grantType } = connection
    const at = status.kind === 'good' ? endToRemind(connection, now) : null
    if (at === null || reminderOf(connection, now) !== null) continue
    note(endWords(name, { at, by: grantType === 'static_token' ? 'replace' : 'reconnect' }, now))
    // Where it cannot be written down, it is said again another time.
    await door.call('connections.markReminded', { id, end: at, dismissed: false })
  }
}
