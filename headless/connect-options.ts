// The options of `grantdesk connect`. Nothing secret is an argument: every user of the machine could read it.
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { AccountDecision } from '../contract/attempt.ts'
import { decisionOf, decisionWords } from './account-decisions.ts'
import {
  clientAuthentication,
  collect,
  parseDescriptor,
  parseEnd,
  parsePort,
  withClientSecret,
  withPassword,
  withVault,
} from './options.ts'

function parseDecision(text: string): AccountDecision {
  const decision = decisionOf(text)
  if (!decision) throw new InvalidArgumentError(`It is one of ${decisionWords.join(', ')}.`)
  return decision
}

export function addConnect(program: Command): void {
  withPassword(withClientSecret(withVault(program.command('connect').description('connect an account at a service'))))
    .argument('<service>', 'see “grantdesk services”')
    .option('--name <name>', 'the connection’s name; the account names it when left out')
    .option('--client-id <id>', 'the client’s id; a stored client is used when left out')
    .addOption(clientAuthentication('how the client authenticates'))
    .option('--grant <id>', 'the grant; see “grantdesk services --json”')
    .option('--scope <scopes>', 'the scopes, separated by spaces; the service’s default ones when left out')
    .option(
      '--param <k=v>',
      'a further parameter of the request that begins the grant: the authorization request, where there is one; may be given several times',
      collect,
      [],
    )
    .option('--token-param <k=v>', 'a further parameter of every token request, refreshes included', collect, [])
    .option('--input <k=v>', 'an answer to what the grant asks, such as user=7', collect, [])
    .option('--resource <uri>', 'a resource indicator; may be given several times', collect, [])
    .option('--audience <uri>', 'the audience parameter, of every request of the grant')
    .addOption(new Option('--pkce <method>', 'kept with the client').choices(['S256', 'plain', 'off']))
    .option('--out-of-band', 'the service shows the code, and you paste it, this time; a new client keeps it')
    .option(
      '--installation <id>',
      'where the client is installed already: its id, or the address that an installation begun at the service ended at; no browser opens',
    )
    .option('--username <name>', 'for the password grant; the password is asked for')
    .option('--token-stdin', 'read a personal token or API key from standard input (after the others)')
    .option('--token-fd <n>', 'read it from a file descriptor', parseDescriptor)
    .option('--header <name>', 'the header that carries the token, where it is not the usual one')
    .option('--prefix <text>', 'what stands before the token in its header')
    .option('--expires <end>', 'when a personal token ends: a date, days from now, or never', parseEnd)
    .option('--test-path <path>', 'a path that shows whether the token works, where the service has none')
    .option('--reconnect <name>', 'put the new tokens into this connection')
    .addOption(
      new Option('--if-other-account <what>', 'when they are another account’s')
        .choices(decisionWords)
        .argParser(parseDecision),
    )
    .option('--base-url <url>', 'where the service lives')
    .option('--redirect-uri <uri>', 'the redirect URI as it is registered, sent to the character; kept with the client')
    .option('--redirect-port <n>', 'the port of the redirect URI; 0 takes any free one', parsePort)
    .option('--no-browser', 'print the authorization URL instead of opening it')
    .option('--json', 'as lines of JSON')
    .action(async (service, options) => (await import('./commands/connect.ts')).connect(service, options))
}
