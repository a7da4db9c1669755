// Which connection a NAME on the command line means. The rule is the contract's; the host applies it to what it holds.
import type { Door } from '../contract/caller.ts'
import type { ConnectionView } from '../contract/connection.ts'
import { candidateList, itemsNamed, type Named } from '../contract/named.ts'
import { CommandError, unwrap } from './command-error.ts'

/** The one connection meant by `name`; throws a CommandError that names the candidates. */
export async function connectionNamed(door: Door, name: string): Promise<ConnectionView> {
  return unwrap(await door.call('connections.named', { name }))
}

/** The same among those that were removed and can be put back. */
export function findRemoved<Found extends Named & { serviceName: string }>(removed: Found[], text: string): Found {
  const [found, ...others] = itemsNamed(removed, text)
  if (!found) throw new CommandError(`No removed connection is called “${text}”.`, 'See “grantdesk put-back”.')
  if (others.length === 0) return found
  const candidates = candidateList([found, ...others])
  throw new CommandError(
    `“${text}” is more than one removed connection: ${candidates}.`,
    'Use more of the name, or the id.',
  )
}
