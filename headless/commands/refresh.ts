// `grantdesk refresh`: a new access token, now.
import { refusedAuthenticationRisk, risksGrant } from '../../contract/client-authentication-words.ts'
import type { ConnectionView } from '../../contract/connection.ts'
import type { ClientAuthentication } from '../../contract/service.ts'
import { unwrap } from '../command-error.ts'
import { confirm } from '../confirm.ts'
import { connectionNamed } from '../find-connection.ts'
import { note, plainLine, print } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { withSession } from '../session.ts'
import { relativeTime } from '../words.ts'

interface RefreshOptions extends SecretOptions {
  clientAuth?: ClientAuthentication
  yes?: boolean
}

/** With `clientAuth` another client authentication method is tried, and kept with the client if it worked. */
export function refreshConnection(name: string, options: RefreshOptions): Promise<void> {
  return withSession(options, async ({ door }) => {
    const before = await connectionNamed(door, name)
    await agreeToRisk(before, options)
    const { id, clientId } = before
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

async function agreeToRisk(connection: ConnectionView, { clientAuth, yes }: RefreshOptions): Promise<void> {
  if (clientAuth === undefined || !risksGrant(connection)) return
  note(refusedAuthenticationRisk)
  if (yes) return
  await confirm(`Refresh ${plainLine(connection.name)} with “${clientAuth}”?`, 'Refresh without being asked by --yes.')
}
