// The table of commands with their arguments and options. Each action loads its own file when it runs, so that help is quick and
// only a command that opens the vault loads the application.
import { Command, CommanderError, Help } from 'commander'
import { addConnect } from './connect-options.ts'
import { findInstallation } from './installation.ts'
import {
  caller,
  clientAuthentication,
  collect,
  kept,
  operation,
  outcome,
  parseDescriptor,
  parseIdle,
  parsePort,
  parseSince,
  parseUntil,
  withClientSecret,
  withPassword,
  withRequestParts,
  withVault,
} from './options.ts'
import { runToEnd } from './run-to-end.ts'
import { withoutValues } from './usage-words.ts'

/** Runs the command line `argv` and ends the process with its exit code: 0 done, 1 failed, 2 wrong usage. */
export function run(argv: string[]): Promise<void> {
  return runToEnd(async () => {
    try {
      await createProgram().parseAsync(argv)
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error
      return error.exitCode === 0 ? 0 : 2
    }
    return 0
  })
}

/** Leaves out the empty default of options that may be given several times. */
const help = new Help()

function createProgram(): Command {
  const program = new Command('grantdesk')
    .description('Holds OAuth 2 grants at several services, sealed, and shows what each may do and how long it lives.')
    .version(findInstallation().version)
    .showSuggestionAfterError()
    .exitOverride()
    .configureHelp({ optionDescription: (option) => help.optionDescription(option).replace(/ \(default: \[\]\)$/, '') })
    .configureOutput({ outputError: (text, write) => write(withoutValues(text)) })

  const services = program.command('services').description('list the services that can be connected')
  withVault(services)
    .option('--json', 'as JSON')
    .action(async (options) => (await import('./commands/services.ts')).listServices(options))
  withVault(services.command('import').description('add a service from a description file'))
    .argument('<file>')
    .option('--replace', 'also where it takes the place of another, or sends stored secrets elsewhere')
    .action(async (file, _, command) => {
      return (await import('./commands/services.ts')).importService(file, command.optsWithGlobals())
    })

  withVault(services.command('export').description('print a service’s description, which holds no secret'))
    .argument('<id>')
    .option('--output <file>', 'write it to a file')
    .option('--force', 'also over a file that is there')
    .action(async (id, _, command) => {
      return (await import('./commands/services.ts')).exportService(id, command.optsWithGlobals())
    })
  services
    .command('schema')
    .description('print the JSON Schema of a description file, for editors')
    .action(async () => (await import('./commands/services.ts')).printSchema())
  withVault(
    services
      .command('discover')
      .description('ask an issuer, or an API, what it offers (RFC 8414, OpenID Connect, RFC 9728)'),
  )
    .argument('<url>')
    .option('--import', 'add it, as it was found')
    .option('--id <id>', 'its id: lower-case letters, digits and hyphens')
    .option('--name <name>', 'its name')
    .option('--api <url>', 'where its API lives, if elsewhere; may be given several times', collect, [])
    .option('--authorization-server <url>', 'which one, of several that an API trusts')
    .option('--ca <file>', 'authorities to trust for this service, too, as PEM')
    .option('--replace', 'also where it takes the place of another, or sends stored secrets elsewhere')
    .action(async (url, _, command) => {
      return (await import('./commands/services.ts')).discoverService(url, command.optsWithGlobals())
    })
  withPassword(
    withVault(
      services.command('certificates').description('show or set a service’s authorities and client certificate'),
    ),
  )
    .argument('<id>')
    .option('--ca <file>', 'authorities to trust for this service, as PEM')
    .option('--no-ca', 'trust them no more')
    .option('--client-cert <file>', 'a client certificate, as PEM')
    .option('--no-client-cert', 'forget the client certificate')
    .option('--client-key <file>', 'its private key, where that is not in the same file')
    .option('--client-pfx <file>', 'a client certificate with its key, as PFX (PKCS #12)')
    .option('--json', 'as JSON')
    .action(async (id, _, command) => {
      return (await import('./commands/service-certificates.ts')).serviceCertificates(id, command.optsWithGlobals())
    })
  withVault(services.command('remove').description('take out a service of your own, or undo an adjustment'))
    .argument('<id>')
    .action(async (id, _, command) => {
      return (await import('./commands/services.ts')).removeService(id, command.optsWithGlobals())
    })

  addConnect(program)
  addClients(program)
  addVault(program)

  withVault(program.command('list').description('list the connections'))
    .option('--json', 'as JSON')
    .action(async (options) => (await import('./commands/list.ts')).listConnections(options))
  withVault(program.command('show').description('show one connection'))
    .argument('<name>', 'its name, its id, or the beginning of either')
    .option('--scopes', 'its scopes over time instead: requested, granted, reported')
    .option('--json', 'as JSON')
    .action(async (name, options) => (await import('./commands/show.ts')).showConnection(name, options))
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
  withPassword(withVault(program.command('proxy').description('show or choose the proxy that services are reached by')))
    .argument('[choice]', 'automatic (the environment’s or the system’s), off, or http://host:port of your own')
    .option('--user <name>', 'sign in to it, with a password')
    .option('--not-for <hosts>', 'hosts that are reached without it, as in NO_PROXY')
    .option('--json', 'as JSON')
    .action(async (choice, options) => (await import('./commands/proxy.ts')).chooseProxy(choice, options))
  withVault(program.command('flows').description('list what happened with a connection, or with all, event by event'))
    .argument('[name]', 'a connection')
    .option('--json', 'as JSON, with every request and response')
    .option('--put-away', 'say no more of attempts to connect that were cut off')
    .action(async (name, options) => (await import('./commands/flows.ts')).listFlows(name, options))
  withVault(program.command('history').description('list who did what, when: with one connection, or with all'))
    .argument('[name]', 'a connection, also one that was removed')
    .option('--search <text>', 'only entries in which these words occur')
    .addOption(operation('only this operation'))
    .addOption(outcome('only what was done, or what failed'))
    .addOption(caller('only what was done there'))
    .option('--since <when>', 'only from then on: a date such as 2027-01-31, or 30min, 24h, 7d', parseSince)
    .option('--until <when>', 'only up to then', parseUntil)
    .option('--json', 'as JSON')
    .option('--csv', 'as a table for other programs')
    .action(async (name, options) => (await import('./commands/history.ts')).listHistory(name, options))

  const webhook = program.command('webhook').description('what services send to webhooks')
  withVault(webhook.command('verify').description('say whether a body was signed by the service'))
    .argument('<service>')
    .requiredOption('--signature <text>', 'the value of the header that carries it')
    .option('--secret-stdin', 'read the webhook’s secret from standard input (after the passphrase, if that too)')
    .option('--secret-fd <n>', 'read the webhook’s secret from a file descriptor', parseDescriptor)
    .option('--data-file <file>', 'read the body from a file, rather than from standard input (after the others)')
    .action(async (service, options) => (await import('./commands/webhook.ts')).verifyWebhook(service, options))

  withVault(program.command('serve').description('serve the user interface for a browser on this machine'))
    .option('--port <n>', 'the port; any free one when left out', parsePort, 0)
    .option('--open', 'open the browser')
    .action(async (options) => (await import('./commands/serve.ts')).serve(options))
  program
    .command('practice')
    .description('run the five services in miniature on this machine, to try everything without an account')
    .option('--port <n>', 'the first of five ports in a row; any free ones when left out', parsePort, 0)
    .option('--json', 'as JSON')
    .action(async (options) => (await import('./commands/practice.ts')).practise(options))
  return program
}

function addClients(program: Command): void {
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

function addVault(program: Command): void {
  const commands = () => import('./commands/vault.ts')
  const vault = program.command('vault').description('show how the vault is protected')
  withVault(vault)
    .option('--json', 'as JSON')
    .action(async (options) => (await commands()).showVault(options))
  withPassword(withVault(vault.command('passphrase').description('set a passphrase, or change it'))).action(
    async (_, command) => (await commands()).setPassphrase(command.optsWithGlobals()),
  )
  withVault(vault.command('keychain').description('let the system’s keychain open it, too')).action(
    async (_, command) => (await commands()).addKeychain(command.optsWithGlobals()),
  )
  withVault(vault.command('recover').description('put the last good copy in the place of a damaged vault')).action(
    async (_, command) => (await commands()).recoverVault(command.optsWithGlobals()),
  )
  vault
    .command('lock')
    .description('lock it, in the desktop app or the “grantdesk serve” that has it open')
    .action(async () => (await import('./commands/vault-lock.ts')).lockVault())
  withVault(vault.command('auto-lock').description('show or choose when it locks by itself'))
    .argument('[time]', 'after so long without use: 5m, 15m, 30m, 1h, any other up to 24h, or never', parseIdle)
    .option('--json', 'as JSON')
    .action(async (time, _, command) => {
      return (await import('./commands/vault-lock.ts')).autoLock(time, command.optsWithGlobals())
    })
  withVault(vault.command('keep').description('show or choose how many flows and entries of the history are kept'))
    .addOption(kept('--flows-per-connection <n>', 'flows of each connection', 'flowsPerConnection'))
    .addOption(kept('--flows <n>', 'flows in all', 'flows'))
    .addOption(kept('--flow-megabytes <n>', 'MB for flows on the disk', 'flowMegabytes'))
    .addOption(kept('--history-per-connection <n>', 'entries of each connection’s history', 'historyPerConnection'))
    .addOption(kept('--history <n>', 'entries of the history in all', 'history'))
    .option('--json', 'as JSON')
    .action(async (_, command) => {
      return (await import('./commands/vault-keep.ts')).keepEvidence(command.optsWithGlobals())
    })
  vault
    .command('release')
    .description('take away the lock of a Grantdesk that has ended on another machine')
    .argument('<machine>', 'the one that the lock names')
    .action(async (machine) => (await commands()).releaseVault(machine))
  withVault(vault.command('remove').description('take one way of opening it away; the last one stays'))
    .argument('<id>', 'see “grantdesk vault”')
    .action(async (id, _, command) => (await commands()).removeKeySlot(id, command.optsWithGlobals()))

  withPassword(withVault(program.command('backup').description('write everything into one file under a passphrase')))
    .argument('<file>')
    .action(async (file, options) => (await commands()).backUp(file, options))
  withPassword(withVault(program.command('restore').description('bring back what is missing from a backup')))
    .argument('<file>')
    .option('--inspect', 'only show what it holds, compared with what is here')
    .option('--yes', 'restore without being asked')
    .option('--also <connection>', 'also one that is here with other tokens, as a second one', collect, [])
    .action(async (file, options) => (await commands()).restoreBackup(file, options))
}
