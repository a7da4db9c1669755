// `grantdesk services`: what can be connected, and adding to it from a description file.
import { readFile } from 'node:fs/promises'
import { Complaint, unwrap } from '../complaint.ts'
import { note, plain, plainLine, print, printJson, printTable } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { snapshotOf, withSession } from '../session.ts'

/** Lists the services; the built-in ones even while the vault is locked. */
export function listServices(options: SecretOptions & { json?: boolean }): Promise<void> {
  return withSession(
    options,
    async ({ door }) => {
      const { services, vault } = await snapshotOf(door)
      if (vault.state === 'locked') note('The vault is locked: services of your own are not shown.')
      if (options.json) return printJson(services)
      const rows = services.map(({ id, name, base, grants, origin }) => [
        plainLine(id),
        plainLine(name),
        base.default ?? `yours, like ${base.example}`,
        grants.map((grant) => grant.id).join(', '),
        origin === 'built_in' ? 'built in' : 'imported',
      ])
      printTable(['ID', 'NAME', 'BASE URL', 'GRANTS', 'ORIGIN'], rows, (cell) => cell)
    },
    { lockedWillDo: true },
  )
}

/** Adds the service that `file` describes. */
export async function importService(file: string, options: SecretOptions): Promise<void> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Complaint(`${plain(file)} cannot be read (${error.code ?? 'no reason given'}).`)
  })
  await withSession(options, async ({ door }) => {
    const service = unwrap(await door.call('services.import', { text }))
    print(`Added ${plainLine(service.name)}. Connect it by “grantdesk connect ${service.id}”.`)
  })
}
