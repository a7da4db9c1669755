// `grantdesk refresh`: a new access token, now.
import { unwrap } from '../complaint.ts'
import { connectionNamed } from '../find-connection.ts'
import { plainLine, print } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { withSession } from '../session.ts'
import { relativeTime } from '../words.ts'

export function refreshConnection(name: string, options: SecretOptions): Promise<void> {
  return withSession(options, async ({ door }) => {
    const { id } = await connectionNamed(door, name)
    const connection = unwrap(await door.call('connections.refresh', { id }))
    const { expiresAt } = connection
    const until =
      expiresAt === null ? 'when it expires is not known' : `it expires ${relativeTime(expiresAt, Date.now())}`
    print(`Refreshed ${plainLine(connection.name)}: ${until}.`)
  })
}
