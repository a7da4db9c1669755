// `grantdesk services`: lists services, and adds them from description files or by discovery.
import type { Door } from '../../contract/caller.ts'
import { tidyDescription } from '../../contract/tidy-description.ts'
import { writeDescription } from '../../core/services/description.ts'
import { schemaFile } from '../../core/services/description-schema.ts'
import { CommandError, unwrap } from '../command-error.ts'
import { noteDamaged } from '../damage-notes.ts'
import { readNamedFile, writeNamedFile } from '../named-file.ts'
import { note, plainLine, print, printJson } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { snapshotOf, withSession } from '../session.ts'
import { printTable } from '../table.ts'
import { takeArgument } from '../taken-values.ts'

/** Lists the services; the built-in ones even while the vault is locked. */
export function listServices(options: SecretOptions & { json?: boolean }): Promise<void> {
  return withSession(
    options,
    async ({ door }) => {
      const { services, vault, damaged } = await snapshotOf(door)
      noteDamaged(damaged, ['service'])
      if (vault.state === 'locked') note('The vault is locked: services of your own are not shown.')
      if (options.json) return printJson(services)
      const rows = services.map(({ id, name, base, grants, origin }) => [
        plainLine(id),
        plainLine(name),
        base.default ?? `yours, like ${base.example}`,
        grants.map((grant) => grant.id).join(', '),
        origin.replace('_', ' '),
      ])
      printTable(['ID', 'NAME', 'BASE URL', 'GRANTS', 'ORIGIN'], rows, (cell) => cell)
    },
    { allowsLocked: true },
  )
}

/** Adds the service that `file` describes. */
export async function importService(file: string, options: SecretOptions & { replace?: boolean }): Promise<void> {
  const text = await readNamedFile(file)
  await withSession(
    options,
    async ({ door }) => {
      const tidy = tidyDescription(text)
      for (const line of tidy.words) note(plainLine(line))
      await add(door, tidy.text, options, 'To replace: --replace')
    },
    { makesVault: true },
  )
}

/** Prints a service's description, or writes it to a new file. */
export function exportService(
  id: string,
  options: SecretOptions & { output?: string; force?: boolean },
): Promise<void> {
  return withSession(
    options,
    async ({ door }) => {
      const { text } = unwrap(await door.call('services.export', { id }))
      if (options.output === undefined) return print(text.trimEnd())
      await writeNamedFile(options.output, text, options.force)
      note(`Written to ${plainLine(options.output)}. It holds no secret.`)
    },
    { allowsLocked: true },
  )
}

/** Prints the JSON Schema of a description file. It needs no vault. */
export function printSchema(): void {
  print(schemaFile().text.trimEnd())
}

export interface DiscoverOptions extends SecretOptions {
  api: string[]
  authorizationServer?: string
  ca?: string
  import?: boolean
  id?: string
  name?: string
  replace?: boolean
}

/** Fetches an issuer's metadata; prints the description, or adds it. */
export async function discoverService(url: string, options: DiscoverOptions): Promise<void> {
  const authorities = options.ca === undefined ? {} : { certificateAuthorities: await readNamedFile(options.ca) }
  return withSession(
    options,
    async ({ door }) => {
      const apiOrigins = options.api.map((address) => takeArgument('address', address, 'address of the API'))
      const chosen = options.authorizationServer
      const server =
        chosen === undefined
          ? {}
          : { authorizationServer: takeArgument('address', chosen, 'address of the authorization server') }
      const asked = { url: takeArgument('address', url, 'address'), apiOrigins, ...server, ...authorities }
      const { description, source, notes } = unwrap(await door.call('services.discover', asked))
      note(`Found at ${plainLine(source)}.`)
      for (const line of notes) note(plainLine(line))
      if (!description.api) note('Tokens go to that host only. If the API lives elsewhere, name it with --api <url>.')
      const { id = description.id, name = description.name } = options
      const text = writeDescription({ ...description, id, name })
      if (!options.import) return print(text.trimEnd())
      await add(door, text, options, 'To replace: --replace; to have both: --id <another id> --name <another name>')
    },
    { makesVault: options.import ?? false },
  )
}

/** Adds a service by its description. `otherwise`: the remedy if another service has its id. */
async function add(door: Door, text: string, { replace = false }: { replace?: boolean }, otherwise: string) {
  const answer = await door.call('services.import', { text, replace })
  if (!answer.ok && answer.failure.kind === 'conflict') {
    throw new CommandError(answer.failure.message, `${answer.failure.remedy ?? ''} ${otherwise}`.trim())
  }
  const { id, name } = unwrap(answer)
  print(`Added ${plainLine(name)}. Connect it by “grantdesk connect ${id}”.`)
}

/** Removes the person's own service; an adjusted one becomes the built-in one again. */
export function removeService(id: string, options: SecretOptions): Promise<void> {
  return withSession(options, async ({ door }) => {
    unwrap(await door.call('services.remove', { id }))
    print(`Removed ${plainLine(id)}.`)
  })
}
