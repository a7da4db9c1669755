// `grantdesk token`: prints the access token alone. The only command that prints a secret, which is recorded in the history.
// If a host is running, `token-through-host.ts` has already done it.
import { unwrap } from '../command-error.ts'
import type { SecretOptions } from '../secret-input.ts'
import { withSession } from '../session.ts'
import { printNamedToken } from '../token-words.ts'

export function printToken(name: string, options: SecretOptions): Promise<void> {
  return withSession(options, async ({ door }) => {
    printNamedToken(unwrap(await door.call('connections.tokenNamed', { name })), Date.now())
  })
}
