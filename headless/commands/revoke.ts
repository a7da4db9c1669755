// `grantdesk revoke`: revoked means verified, so what the API said afterwards decides the exit code.
import { isSettled } from '../../contract/connection.ts'
import { CommandError, unwrap } from '../command-error.ts'
import { connectionNamed } from '../find-connection.ts'
import { plainLine, print, printJson } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { withSession } from '../session.ts'

export function revokeConnection(name: string, options: SecretOptions & { json?: boolean }): Promise<void> {
  return withSession(options, async ({ door }) => {
    const connection = await connectionNamed(door, name)
    const revocation = unwrap(await door.call('connections.revoke', { id: connection.id }))
    if (options.json) printJson(revocation)
    const title = plainLine(connection.name)
    if (!isSettled(revocation.outcome)) {
      throw new CommandError(`${title} is not revoked. ${revocation.words}`, revocation.page ?? undefined)
    }
    if (!options.json) print(`${title}: ${plainLine(revocation.words)}`)
  })
}
