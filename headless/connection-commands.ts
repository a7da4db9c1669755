// The commands about stored connections and their tokens.
import type { Command } from 'commander'
import { clientAuthentication, withRequestParts, withVault } from './options.ts'

export function addConnections(program: Command): void {
  withVault(program.command('list').description('list the connections'))
    .option('--json', 'as JSON')
    .action(async (options) => (await import('./commands/list.ts')).listConnections(options))
  withVault(program.command('show').description('show one connection'))
    .argument('<name>', 'its name, its id, or the beginning of either')
    .option('--scopes', 'its scopes over time instead: requested, granted, reported')
    .option('--json', 'as JSON')
    .action(async (name, options) => (await import('./commands/show.ts')).showConnection(name, options))
  withVault(
    program.command('doctor').description('ask each connection whether its token still works, and what needs you'),
  )
    .argument('[name]', 'only this one')
    .option('--json', 'as JSON')
    .option('--junit <file>', 'write a JUnit report')
    .option('--force', 'also over a file that is there')
    .action(async (name, options) => (await import('./commands/doctor.ts')).examine(name, options))
  withVault(program.command('token').description('print the access token alone, refreshed first when it ends soon'))
    .argument('<name>')
    .action(async (name, options) => (await import('./commands/token.ts')).printToken(name, options))
  withVault(program.command('refresh').description('get a new access token'))
    .argument('<name>')
    .addOption(clientAuthentication('try another client authentication, and keep it with the client if it works'))
    .option('--yes', 'try it without being asked: at some servers a refused one ends the grant')
    .action(async (name, options) => (await import('./commands/refresh.ts')).refreshConnection(name, options))
  withVault(program.command('revoke').description('revoke the tokens, and ask the API whether they still work'))
    .argument('<name>')
    .option('--check', 'only ask again whether they still work, after a revocation that was accepted')
    .option('--json', 'as JSON')
    .action(async (name, options) => (await import('./commands/revoke.ts')).revokeConnection(name, options))
  withVault(program.command('remove').description('forget a connection here; its tokens go on working at the service'))
    .argument('<name>')
    .option('--yes', 'without being asked')
    .option('--revoke', 'revoke its tokens first, and remove it only when they are')
    .action(async (name, options) => (await import('./commands/remove.ts')).removeConnection(name, options))
  withVault(program.command('put-back').description('bring back what a running Grantdesk has removed, or list it'))
    .argument('[name]')
    .action(async (name, options) => (await import('./commands/remove.ts')).putBack(name, options))
  withRequestParts(withVault(program.command('request').description('send a test request with the access token')))
    .argument('<name>')
    .argument('<method>')
    .argument('<path>', 'under the connection’s base URL')
    .option('-i, --include', 'print status and headers too')
    .option('--json', 'as JSON')
    .action(async (name, method, path, options) => {
      return (await import('./commands/request.ts')).sendRequest(name, method, path, options)
    })
  withVault(program.command('auto-refresh').description('have a connection’s token renewed ahead of its end, or not'))
    .argument('<name>')
    .argument('<on|off>')
    .action(async (name, choice, options) => {
      return (await import('./commands/auto-refresh.ts')).setAutoRefresh(name, choice, options)
    })
  withVault(
    program.command('workspace').description('list the workspaces that a connection reaches, or choose or name one'),
  )
    .argument('<name>')
    .argument('[workspace]', 'its id, slug or name, or an address of it')
    .option('--json', 'as JSON')
    .action(async (name, workspace, options) => {
      return (await import('./commands/workspace.ts')).listOrChooseWorkspace(name, workspace, options)
    })
}
