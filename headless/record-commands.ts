// The commands that show what happened: flows and history.
import type { Command } from 'commander'
import { caller, operation, outcome, parseSince, parseUntil, withVault } from './options.ts'

export function addRecords(program: Command): void {
  withVault(program.command('flows').description('list what happened with a connection, or with all, event by event'))
    .argument('[name]', 'a connection')
    .option('--json', 'as JSON, with every request and response')
    .option('--put-away', 'say no more of attempts to connect that were cut off')
    .action(async (name, options) => (await import('./commands/flows.ts')).listFlows(name, options))
  addFlow(program)
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
}

function addFlow(program: Command): void {
  const flow = program.command('flow').description('show, share and import flows; no secret is in one')
  withVault(flow.command('show').description('show a flow event by event, or write it to files'))
    .argument('<id>', 'its id, or the beginning of it, as “grantdesk flows” shows it')
    .option('--json', 'print it as JSON, with every request and response')
    .option('--har <file>', 'write it as HAR 1.2, for the developer tools of browsers')
    .option('--html <file>', 'write it as one page, with its diagram, its diagnosis and every step')
    .option('--svg <file>', 'write its sequence diagram, as a picture')
    .option('--force', 'also over a file that is there')
    .action(async (id, _, command) => (await import('./commands/flow.ts')).showFlow(id, command.optsWithGlobals()))
  withVault(flow.command('compare').description('show where two flows differ, and the first difference that matters'))
    .argument('<id>', 'a flow')
    .argument('[other]', 'another; the last good one of its kind when left out')
    .option('--all', 'also what is new in every flow, such as state and code')
    .option('--json', 'as JSON')
    .action(async (id, other, _, command) => {
      return (await import('./commands/flow-compare.ts')).compareNamedFlows(id, other, command.optsWithGlobals())
    })
  withVault(
    flow.command('import').description('read the logins that another program made, or flows that were exported'),
  )
    .argument('<file>', 'a HAR, as browsers, mitmproxy and Charles save it, or a flow as HAR or JSON')
    .option('--json', 'what was found, as JSON')
    .action(async (file, _, command) => {
      return (await import('./commands/flow-import.ts')).importFlows(file, command.optsWithGlobals())
    })
}
