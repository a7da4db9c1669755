// Finds the connection that a NAME means, by the contract's rule.
import type { Door } from '../contract/caller.ts'
import type { ConnectionView } from '../contract/connection.ts'
import { candidateList, itemsNamed, type Named } from '../contract/named.ts'
import { CommandError, unwrap } from './command-error.ts'

/** The connection that `name` means; throws a CommandError that names the candidates if there are several. */
export async function connectionNamed(door: Door, name: string): Promise<ConnectionView> {
  return unwrap(await door.call('connections.named', { name }))
}

/** The same among removed connections that can be restored. */
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
