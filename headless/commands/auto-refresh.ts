// `grantdesk auto-refresh`: whether a running host renews a connection's token before it expires.
import { unwrap, wrongUsage } from '../command-error.ts'
import { connectionNamed } from '../find-connection.ts'
import { plainLine, print } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { withSession } from '../session.ts'

/** `choice` is `on` or `off`. */
export function setAutoRefresh(name: string, choice: string, options: SecretOptions): Promise<void> {
  if (choice !== 'on' && choice !== 'off') throw wrongUsage('The choice is “on” or “off”.')
  return withSession(options, async ({ door }) => {
    const { id } = await connectionNamed(door, name)
    const changed = unwrap(await door.call('connections.setAutoRefresh', { id, autoRefresh: choice === 'on' }))
    print(`${plainLine(changed.name)} is ${changed.autoRefresh ? '' : 'not '}renewed by itself from now on.`)
  })
}
