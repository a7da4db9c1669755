// The commands that show what happened: flows and history.
import type { Command } from 'commander'
import { caller, operation, outcome, parseSince, parseUntil, withVault } from './options.ts'

export function addRecords(program: Command): void {
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
}
