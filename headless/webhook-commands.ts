// The commands about webhooks: to receive what services send, to store the secrets that it is signed with, to verify a body.
import type { Command } from 'commander'
import { parseDescriptor, parsePort, withVault } from './options.ts'

export function addWebhook(program: Command): void {
  const webhook = program.command('webhook').description('receive and verify what services send to webhooks')
  withVault(
    webhook.command('listen').description('receive a service’s deliveries on this machine, until it is stopped'),
  )
    .argument('<service>')
    .option('--port <n>', 'the port; that of last time, or any free one, when left out', parsePort)
    .option('--forward <url>', 'send each one on to a server of yours on this machine, if its signature fits')
    .option('--json', 'a line of JSON for each, with its headers and its body')
    .action(async (service, options) => (await import('./commands/webhook-listen.ts')).listenWebhook(service, options))
  withSecret(webhook.command('secret').description('store a secret that a service signs its deliveries with'))
    .argument('<service>')
    .option('--name <name>', 'what to call it')
    .option('--workspace <workspace>', 'the only workspace whose deliveries it signs: its name, slug or id')
    .option('--list', 'show which are stored')
    .option('--remove <name>', 'remove the one of this name')
    .option('--json', 'as JSON')
    .action(async (service, options) => (await import('./commands/webhook-secret.ts')).webhookSecret(service, options))
  withSecret(webhook.command('verify').description('say whether a body was signed by the service'))
    .argument('<service>')
    .requiredOption('--signature <text>', 'the value of the header that carries it')
    .option('--data-file <file>', 'read the body from a file, rather than from standard input (after the others)')
    .action(async (service, options) => (await import('./commands/webhook.ts')).verifyWebhook(service, options))
}

function withSecret(command: Command): Command {
  return withVault(command)
    .option('--secret-stdin', 'read the webhook’s secret from standard input (after the passphrase, if that too)')
    .option('--secret-fd <n>', 'read the webhook’s secret from a file descriptor', parseDescriptor)
}
