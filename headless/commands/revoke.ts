// `grantdesk revoke`: revoked means verified, so what the API said afterwards decides the exit code.
import type { ConnectionView } from '../../contract/connection.ts'
import { isSettled, type Revocation } from '../../contract/revocation.ts'
import { revocationRemedy } from '../../contract/revocation-words.ts'
import { CommandError, unwrap } from '../command-error.ts'
import { connectionNamed } from '../find-connection.ts'
import { note, plainLine, print, printJson } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { withSession } from '../session.ts'

interface RevokeOptions extends SecretOptions {
  json?: boolean
  /** Only asks again whether the tokens of an accepted revocation still work. */
  check?: boolean
}

export function revokeConnection(name: string, options: RevokeOptions): Promise<void> {
  return withSession(options, async ({ door }) => {
    const connection = await connectionNamed(door, name)
    const procedure = options.check ? 'connections.checkRevocation' : 'connections.revoke'
    const revocation = unwrap(await door.call(procedure, { id: connection.id }))
    if (options.json) printJson(revocation)
    const title = plainLine(connection.name)
    if (!isSettled(revocation.outcome)) {
      throw new CommandError(
        `${title} is not revoked. ${revocation.words}`,
        remedyWords(revocation, connection) || undefined,
      )
    }
    if (!options.json) print(`${title}: ${plainLine(revocation.words)}`)
    if (revocation.outcome === 'unverified') note(plainLine(remedyWords(revocation, connection)))
  })
}

const isAccepted = ({ outcome }: Revocation) => outcome === 'unverified' || outcome === 'still_works'

/** With the address of the service's page, which cannot be a button here. */
function remedyWords(revocation: Revocation, { id, name }: Pick<ConnectionView, 'id' | 'name'>): string {
  // A name mostly comes from the service, and this is typed into a shell.
  const word = /^\w[\w.-]*$/.test(name) ? name : id
  const again = isAccepted(revocation) ? `To check again: “grantdesk revoke ${word} --check”.` : null
  return [revocationRemedy(revocation), again, revocation.page].filter(Boolean).join(' ')
}
