// `grantdesk revoke`: revoked means verified, so what the API said afterwards decides the exit code.
import { isSettled, type Revocation } from '../../contract/connection.ts'
import { revocationRemedy } from '../../contract/revocation-words.ts'
import { CommandError, unwrap } from '../command-error.ts'
import { connectionNamed } from '../find-connection.ts'
import { note, plainLine, print, printJson } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { withSession } from '../session.ts'

export function revokeConnection(name: string, options: SecretOptions & { json?: boolean }): Promise<void> {
  return withSession(options, async ({ door }) => {
    const connection = await connectionNamed(door, name)
    const revocation = unwrap(await door.call('connections.revoke', { id: connection.id }))
    if (options.json) printJson(revocation)
    const title = plainLine(connection.name)
    if (!isSettled(revocation.outcome)) {
      throw new CommandError(`${title} is not revoked. ${revocation.words}`, remedyWords(revocation) || undefined)
    }
    if (!options.json) print(`${title}: ${plainLine(revocation.words)}`)
    if (revocation.outcome === 'unverified') note(plainLine(remedyWords(revocation)))
  })
}

/** With the address of the service's page, which cannot be a button here. */
function remedyWords(revocation: Revocation): string {
  return [revocationRemedy(revocation), revocation.page].filter(Boolean).join(' ')
}
