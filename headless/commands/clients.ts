// `grantdesk clients`: lists clients, and checks if the services still accept them.
import type { ClientView } from '../../contract/client.ts'
import { weakSecretsNote } from '../../contract/weak-secret-words.ts'
import { CommandError, replacing, unwrap } from '../command-error.ts'
import { noteDamaged } from '../damage-notes.ts'
import { findClient } from '../find-client.ts'
import { note, plainLine, print, printJson } from '../output.ts'
import type { SecretOptions } from '../secret-input.ts'
import { type Session, snapshotOf, withSession } from '../session.ts'
import { printTable } from '../table.ts'
import { takeSecret } from '../taken-values.ts'

export function listClients(options: SecretOptions & { json?: boolean }): Promise<void> {
  return withSession(options, async ({ door }) => {
    const { clients, damaged } = await snapshotOf(door)
    noteDamaged(damaged, ['client', 'client_secret'])
    if (options.json) return printJson(clients)
    const lost = damaged.filter(({ kind }) => kind === 'client')
    if (clients.length + lost.length === 0) return print('No clients yet. The first is stored by “grantdesk connect”.')
    const rows = clients.map((client) => [
      plainLine(client.name),
      plainLine(client.clientId),
      client.baseUrl,
      authenticationCell(client),
      client.pkce,
      String(client.connectionCount),
    ])
    const lostRows = lost.map(({ name }) => [plainLine(name), '–', '–', 'damaged', '–', '–'])
    const heads = ['NAME', 'CLIENT ID', 'BASE URL', 'AUTHENTICATION', 'PKCE', 'CONNECTIONS']
    printTable(heads, [...rows, ...lostRows], (cell) => cell)
    if (clients.some(({ weakSecret }) => weakSecret)) note(weakSecretsNote)
  })
}

function authenticationCell({ secretDamage, clientAuthentication, weakSecret }: ClientView): string {
  if (secretDamage !== null) return 'secret damaged'
  return weakSecret ? `${clientAuthentication}, weak secret` : clientAuthentication
}

/** Refreshes each connection of a client; exits with 1 if the service refuses one. */
export function checkClient(name: string, options: SecretOptions & { json?: boolean }): Promise<void> {
  return withSession(options, async (session) => check(session, await clientNamed(session, name), options))
}

/** Replaces a client's secret, then checks which of its connections the service accepts. */
export function replaceSecret(name: string, options: SecretOptions & { json?: boolean }): Promise<void> {
  return withSession(options, async (session) => {
    const client = await clientNamed(session, name)
    const given = await session.secrets.clientSecret(`New client secret of ${client.name}: `)
    const clientSecret = await takeSecret('client_secret', given, 'client secret')
    const { id, serviceId, baseUrl, clientId, clientAuthentication, redirect } = client
    const input = { id, name: client.name, serviceId, baseUrl, clientId, clientAuthentication, redirect, clientSecret }
    unwrap(await session.door.call('clients.save', input))
    await check(session, client, options)
  })
}

async function check({ door }: Session, { id }: ClientView, { json }: { json?: boolean }): Promise<void> {
  const { results } = unwrap(await door.call('clients.check', { id }))
  if (json) printJson(results)
  else if (results.length === 0) print('No connection uses this client.')
  else {
    const rows = results.map(({ name, outcome, words }) => [
      plainLine(name),
      outcome.replace('_', ' '),
      plainLine(words),
    ])
    printTable(['CONNECTION', 'OUTCOME', ''], rows, (cell) => cell)
  }
  const refused = results.filter(({ outcome }) => outcome === 'refused')
  if (refused.length === 0) return
  const byClient = refused.filter(({ clientRefused }) => clientRefused).length
  const remedies = [
    byClient > 0 && `The client was refused: replace its secret by ${replacing(id)}`,
    byClient < refused.length && (byClient > 0 ? 'Reconnect the others.' : 'Reconnect them.'),
  ]
  const message = `The service refuses ${refused.length} of ${results.length}.`
  throw new CommandError(message, remedies.filter(Boolean).join(' '))
}

async function clientNamed({ door }: Session, name: string): Promise<ClientView> {
  const { clients, damaged } = await snapshotOf(door)
  return findClient(clients, name, damaged)
}
