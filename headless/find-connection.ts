// Which connection a NAME on the command line means: its id, its name, or the beginning of either, when only one begins so.
import type { Door } from '../contract/caller.ts'
import type { ConnectionView } from '../contract/connection.ts'
import { Complaint } from './complaint.ts'
import { snapshotOf } from './session.ts'

type Named = Pick<ConnectionView, 'id' | 'name' | 'serviceName'>

/** The one connection meant by `text`; throws a Complaint that names the candidates. */
export function findConnection<Found extends Named>(connections: Found[], text: string): Found {
  const found = matching(connections, text)
  if (found) return found
  throw new Complaint(
    `There is no connection “${text}”.`,
    connections.length > 0 ? 'See “grantdesk list”.' : 'There are none yet: see “grantdesk connect --help”.',
  )
}

/** The same among those that were removed and can be put back. */
export function findRemoved<Found extends Named>(removed: Found[], text: string): Found {
  const found = matching(removed, text)
  if (found) return found
  throw new Complaint(`No removed connection is called “${text}”.`, 'See “grantdesk put-back”.')
}

function matching<Found extends Named>(connections: Found[], text: string): Found | null {
  const wanted = fold(text)
  const rules: ((connection: Named) => boolean)[] = [
    ({ id }) => id === text,
    ({ name }) => name === text,
    ({ name }) => fold(name) === wanted,
    ({ id, name }) => text !== '' && (id.startsWith(text) || fold(name).startsWith(wanted)),
  ]
  for (const rule of rules) {
    const [first, ...others] = connections.filter(rule)
    if (first && others.length === 0) return first
    if (first) throw ambiguous(text, [first, ...others])
  }
  return null
}

/** One spelling for what looks the same: `é` is one character or two, as the keyboard or the server has it. */
function fold(text: string): string {
  return text.toLowerCase().normalize('NFC')
}

export async function connectionNamed(door: Door, text: string): Promise<ConnectionView> {
  return findConnection((await snapshotOf(door)).connections, text)
}

function ambiguous(text: string, candidates: Named[]): Complaint {
  const list = candidates.map(({ id, name, serviceName }) => `${name} at ${serviceName} (${id.slice(0, 8)})`).join(', ')
  return new Complaint(`“${text}” is more than one connection: ${list}.`, 'Use more of the name, or the id.')
}
