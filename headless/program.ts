// The table of commands: their words, arguments and options. Owns no work: each action loads its own file when it runs, so
// that help is quick and only a command that opens the vault loads the application.
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { Complaint, complaintOf } from './complaint.ts'
import { findInstallation } from './installation.ts'
import { complain, finish, toleratePipes } from './output.ts'
import { withoutValues } from './usage-words.ts'

/** Runs the command line `argv` and ends the process with its exit code: 0 done, 1 failed, 2 wrong usage. */
export async function run(argv: string[]): Promise<void> {
  toleratePipes()
  let exitCode = 0
  try {
    await createProgram().parseAsync(argv)
  } catch (error) {
    exitCode = await report(error)
  }
  await finish(exitCode)
}

async function report(error: unknown): Promise<number> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof Complaint) return complain(error)
  const { Problem } = await import('../core/problem.ts')
  if (error instanceof Problem) return complain(complaintOf(error.failure))
  const system = error instanceof Error && 'code' in error && typeof error.code === 'string'
  // What the system says of files and ports helps; anything else is a bug of ours, and its words may hold anything.
  return complain(new Complaint(system ? error.message : 'Something went wrong in Grantdesk itself.'))
}

function createProgram(): Command {
  const program = new Command('grantdesk')
    .description('Holds OAuth 2 grants at several services, sealed, and shows what each may do and how long it lives.')
    .version(findInstallation().version)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(withoutValues(text)) })

  const services = program.command('services').description('list the services that can be connected')
  withVault(services)
    .option('--json', 'as JSON')
    .action(async (options) => (await import('./commands/services.ts')).listServices(options))
  withVault(services.command('import').description('add a service from a description file'))
    .argument('<file>')
    .action(async (file, _, command) => {
      return (await import('./commands/services.ts')).importService(file, command.optsWithGlobals())
    })

  addConnect(program)

  withVault(program.command('list').description('list the connections'))
    .option('--json', 'as JSON')
    .action(async (options) => (await import('./commands/list.ts')).listConnections(options))
  withVault(program.command('show').description('show one connection'))
    .argument('<name>', 'its name, its id, or the beginning of either')
    .option('--json', 'as JSON')
    .action(async (name, options) => (await import('./commands/show.ts')).showConnection(name, options))
  withVault(program.command('token').description('print the access token alone, refreshed first when it ends soon'))
    .argument('<name>')
    .action(async (name, options) => (await import('./commands/token.ts')).printToken(name, options))
  withVault(program.command('refresh').description('get a new access token'))
    .argument('<name>')
    .action(async (name, options) => (await import('./commands/refresh.ts')).refreshConnection(name, options))
  withVault(program.command('revoke').description('revoke the tokens, and ask the API whether they still work'))
    .argument('<name>')
    .option('--json', 'as JSON')
    .action(async (name, options) => (await import('./commands/revoke.ts')).revokeConnection(name, options))
  withVault(program.command('request').description('send a test request with the access token'))
    .argument('<name>')
    .argument('<method>')
    .argument('<path>', 'under the connection’s base URL')
    .option('-H, --header <k:v>', 'a header; may be given several times', collect, [])
    .option('-d, --data <body>', 'the body')
    .option('-i, --include', 'print status and headers too')
    .option('--json', 'as JSON')
    .action(async (name, method, path, options) => {
      return (await import('./commands/request.ts')).sendRequest(name, method, path, options)
    })
  withVault(program.command('flows').description('list what happened with a connection, step by step'))
    .argument('<name>')
    .option('--json', 'as JSON, with every request and response')
    .action(async (name, options) => (await import('./commands/flows.ts')).listFlows(name, options))

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

function addConnect(program: Command): void {
  withVault(program.command('connect').description('connect an account at a service'))
    .argument('<service>', 'see “grantdesk services”')
    .option('--name <name>', 'the connection’s name; the account names it when left out')
    .option('--client-id <id>', 'the client’s id; a stored client is used when left out')
    .addOption(
      new Option('--client-auth <method>', 'how the client authenticates').choices([
        'body',
        'basic',
        'basic-raw',
        'none',
      ]),
    )
    .option('--client-secret-stdin', 'read the client secret from standard input (after the passphrase, if that too)')
    .option('--client-secret-fd <n>', 'read the client secret from a file descriptor', parseDescriptor)
    .option('--grant <id>', 'the grant; see “grantdesk services --json”')
    .option('--scope <scopes>', 'the scopes, separated by spaces; the service’s default ones when left out')
    .option(
      '--param <k=v>',
      'a further parameter of the authorization request; may be given several times',
      collect,
      [],
    )
    .option('--base-url <url>', 'where the service lives')
    .option('--redirect-port <n>', 'the port of the redirect URI; 0 takes any free one', parsePort)
    .option('--no-browser', 'print the authorization URL instead of opening it')
    .option('--json', 'as lines of JSON')
    .action(async (service, options) => (await import('./commands/connect.ts')).connect(service, options))
}

function withVault(command: Command): Command {
  return command
    .option('--passphrase-stdin', 'read the vault’s passphrase from standard input')
    .option('--passphrase-fd <n>', 'read the vault’s passphrase from a file descriptor', parseDescriptor)
}

function collect(value: string, before: string[]): string[] {
  return [...before, value]
}

function parseNumber(text: string, most: number): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN
  if (!(value <= most)) throw new InvalidArgumentError(`It must be a number from 0 to ${most}.`)
  return value
}

const parsePort = (text: string) => parseNumber(text, 65_535)
const parseDescriptor = (text: string) => parseNumber(text, 1_048_575)
