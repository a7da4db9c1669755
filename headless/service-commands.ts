// The commands about services: list, import, export, discover, certificates, remove.
import type { Command } from 'commander'
import { collect, withPassword, withVault } from './options.ts'

export function addServices(program: Command): void {
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
}
