// Says once, beside what was asked for, that something ends which only the person can renew. On standard error: a program
// that reads the output is not disturbed.
import type { Door } from '../contract/caller.ts'
import { type ConnectionView, endToRemind, reminderOf } from '../contract/connection.ts'
import { note, plainLine } from './output.ts'
import { clockTime } from './words.ts'

/** Of these connections, what was told nowhere yet. */
export async function noteEnds(door: Door, connections: ConnectionView[], now: number): Promise<void> {
  for (const connection of connections) {
    const { id, name, standing, grantType } = connection
    const end = standing.kind === 'good' ? endToRemind(connection, now) : null
    if (end === null || reminderOf(connection, now) !== null) continue
    const todo = grantType === 'static_token' ? 'make a new token and replace it' : 'connect again'
    note(`${plainLine(name)} ${end > now ? 'ends' : 'ended'} on ${clockTime(end)}, and nothing renews it: ${todo}.`)
    // Where it cannot be written down, it is said again another time.
    await door.call('connections.endTold', { id, end, dismissed: false })
  }
}
