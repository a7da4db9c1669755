// Notes on standard error, once each, about tokens that will expire and that only the person can renew.
import type { Door } from '../contract/caller.ts'
import { type ConnectionView, endToRemind, reminderOf } from '../contract/connection.ts'
import { note } from './output.ts'
import { endWords } from './token-words.ts'

/** Prints the reminders that are due and were not shown before, and records them. */
export async function noteEnds(door: Door, connections: ConnectionView[], now: number): Promise<void> {
  for (const connection of connections) {
    const { id, name, grantType } = connection
    const at = endToRemind(connection, now)
    if (at === null || reminderOf(connection, now) !== null) continue
    note(endWords(name, { at, by: grantType === 'static_token' ? 'replace' : 'reconnect' }, now))
    // If it cannot be recorded, it is shown again next time.
    await door.call('connections.markReminded', { id, end: at, dismissed: false })
  }
}
