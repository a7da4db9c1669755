// The commands about clients.
import type { Command } from 'commander'
import { withClientSecret, withVault } from './options.ts'

export function addClients(program: Command): void {
  const clients = program.command('clients').description('list the clients that are stored')
  withVault(clients)
    .option('--json', 'as JSON')
    .action(async (options) => (await import('./commands/clients.ts')).listClients(options))
  withVault(clients.command('check').description('refresh every connection of a client, to see which still work'))
    .argument('<client>', 'its name, its client id or its id')
    .action(async (name, _, command) => {
      return (await import('./commands/clients.ts')).checkClient(name, command.optsWithGlobals())
    })
  withVault(clients.command('redirect').description('show a client’s redirect URI, or change it'))
    .argument('<client>')
    .argument('[uri]', 'as it is registered now, to the character')
    .option('--any-port', 'put a free port into it at each attempt')
    .option('--json', 'as JSON')
    .action(async (name, uri, _, command) => {
      return (await import('./commands/client-redirect.ts')).clientRedirect(name, uri, command.optsWithGlobals())
    })
  withClientSecret(withVault(clients.command('secret').description('replace a client’s secret, then check')))
    .argument('<client>')
    .action(async (name, _, command) => {
      return (await import('./commands/clients.ts')).replaceSecret(name, command.optsWithGlobals())
    })
}
