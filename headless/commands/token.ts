// `grantdesk token`: the access token alone. The one command that prints a secret; core writes it into the history.
import { unwrap } from '../complaint.ts'
import { noteEnds } from '../end-notes.ts'
import { connectionNamed } from '../find-connection.ts'
import { note, plainLine, print } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { withSession } from '../session.ts'

export function printToken(name: string, options: SecretOptions): Promise<void> {
  return withSession(options, async ({ door }) => {
    const connection = await connectionNamed(door, name)
    const { accessToken } = unwrap(await door.call('connections.token', { id: connection.id }), connection.clientId)
    print(accessToken)
    const { standing } = await connectionNamed(door, connection.id)
    if (standing.kind === 'needs_attention') {
      const { message, remedy = '' } = standing.failure
      note(plainLine(`This token may not work: ${message} ${remedy}`))
    }
    await noteEnds(door, [connection], Date.now())
  })
}
