// The table of commands with their arguments and options; each file of commands adds its own. Each action loads its own file
// when it runs, so that help is quick and only a command that opens the vault loads the application.
import { Command, CommanderError, Help } from 'commander'
import { addClients } from './client-commands.ts'
import { addConnect } from './connect-options.ts'
import { addConnections } from './connection-commands.ts'
import { findInstallation } from './installation.ts'
import { parsePort, withPassword, withVault } from './options.ts'
import { addRecords } from './record-commands.ts'
import { runToEnd } from './run-to-end.ts'
import { addServices } from './service-commands.ts'
import { withoutValues } from './usage-words.ts'
import { addVault } from './vault-commands.ts'
import { addWebhook } from './webhook-commands.ts'

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

  addServices(program)
  addConnect(program)
  addClients(program)
  addVault(program)
  addConnections(program)
  addProxy(program)
  addRecords(program)
  addWebhook(program)
  addHosts(program)
  return program
}

function addProxy(program: Command): void {
  withPassword(withVault(program.command('proxy').description('show or choose the proxy that services are reached by')))
    .argument('[choice]', 'automatic (the environment’s or the system’s), off, or http://host:port of your own')
    .option('--user <name>', 'sign in to it, with a password')
    .option('--not-for <hosts>', 'hosts that are reached without it, as in NO_PROXY')
    .option('--json', 'as JSON')
    .action(async (choice, options) => (await import('./commands/proxy.ts')).chooseProxy(choice, options))
}

/** The commands that run until they are stopped. */
function addHosts(program: Command): void {
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
}
