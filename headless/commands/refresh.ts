// `grantdesk refresh`: a new access token, now.
import type { ClientAuthentication } from '../../contract/service.ts'
import { unwrap } from '../command-error.ts'
import { connectionNamed } from '../find-connection.ts'
import { plainLine, print } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { withSession } from '../session.ts'
import { relativeTime } from '../words.ts'

/** With `clientAuth` another client authentication method is tried, and kept with the client if it worked. */
export function refreshConnection(
  name: string,
  options: SecretOptions & { clientAuth?: ClientAuthentication },
): Promise<void> {
  return withSession(options, async ({ door }) => {
    const { id, clientId } = await connectionNamed(door, name)
    const asked = door.call('connections.refresh', { id, clientAuthentication: options.clientAuth })
    const connection = unwrap(await asked, clientId)
    const { expiresAt } = connection
    const until =
      expiresAt === null ? 'when it expires is not known' : `it expires ${relativeTime(expiresAt, Date.now())}`
    print(`Refreshed ${plainLine(connection.name)}: ${until}.`)
    if (options.clientAuth) {
      print(`${plainLine(connection.clientName ?? '')} authenticates with “${options.clientAuth}” from now on.`)
    }
  })
}
