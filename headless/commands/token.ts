// `grantdesk token`: the access token alone. The one command that prints a secret; core writes it into the history.
// Where a host has the vault open, `token-through-host.ts` has done it already.
import { unwrap } from '../command-error.ts'
import type { SecretOptions } from '../secret-input.ts'
import { withSession } from '../session.ts'
import { printNamedToken } from '../token-words.ts'

export function printToken(name: string, options: SecretOptions): Promise<void> {
  return withSession(options, async ({ door }) => {
    printNamedToken(unwrap(await door.call('connections.tokenNamed', { name })), Date.now())
  })
}
