// The operations during which the host is killed: what is done before without points, and the operation itself at the door.

import { writeBackup } from '../../core/backup/backup-file.ts'
import { backupOf, type KilledHost } from './killed-host.ts'
import {
  backupPassphrase,
  firstPassphrase,
  firstSecret,
  type KillRun,
  type OperationName,
  secondPassphrase,
  secondSecret,
} from './messages.ts'
import { real } from './points.ts'
import { rotatingService, rotatingServiceId } from './rotating-service.ts'

async function held(host: KilledHost) {
  const { connections, clients, vault } = await host.call('app.snapshot', {})
  const connection = connections.find(({ name }) => name !== 'second')
  const client = clients[0]
  if (!connection || !client || vault.state !== 'open') throw new Error('the vault was not prepared')
  const slot = (kind: string) => vault.slots.find((one) => one.kind === kind)?.id ?? ''
  return { connection, client, slot }
}

async function connect(host: KilledHost, clientId: string, more: { name?: string; reconnect?: string }): Promise<void> {
  const input = { client: { id: clientId }, grantId: 'code', scopes: [], ...more }
  const attempt = await host.ended((await host.call('connect.start', input)).id)
  if (attempt.state !== 'done') throw new Error(JSON.stringify(attempt))
}

/** A vault that opens with a keychain and a passphrase and holds one connection, and a backup of it. */
async function prepare(host: KilledHost, one: KillRun, baseUrl: string): Promise<void> {
  await host.call('vault.setPassphrase', { passphrase: firstPassphrase })
  await host.call('services.import', { text: rotatingService(baseUrl) })
  const client = await host.call('clients.save', {
    ...{ serviceId: rotatingServiceId, baseUrl, clientId: 'us', clientSecret: firstSecret },
    ...{ clientAuthentication: 'body', redirect: { mode: 'ephemeral' } },
  })
  await connect(host, client.id, { name: 'first' })
  const { text } = await host.call('backup.make', { passphrase: backupPassphrase, present: firstPassphrase })
  real.writeFileSync(backupOf(one), text ?? '')
}

/** Brings a run to where its operation begins. */
export async function beforehand(host: KilledHost, { operation }: KillRun): Promise<void> {
  if (operation === 'restore') await host.call('connections.remove', { id: (await held(host)).connection.id })
}

/** The operation during which the host is killed. */
export async function perform(host: KilledHost, one: KillRun, baseUrl: string): Promise<void> {
  if (one.operation === 'prepare') return prepare(host, one, baseUrl)
  await performances[one.operation](host, one)
}

type Performance = (host: KilledHost, one: KillRun) => Promise<unknown>

const performances: Record<OperationName, Performance> = {
  connect: async (host) => connect(host, (await held(host)).client.id, { name: 'second' }),
  reconnect: async (host) => {
    const { client, connection } = await held(host)
    await connect(host, client.id, { reconnect: connection.id })
  },
  refresh: async (host) => host.call('connections.refresh', { id: (await held(host)).connection.id }),
  rotate: async (host) => {
    const { id } = (await held(host)).connection
    await host.call('connections.refresh', { id })
    await host.call('requests.send', { key: 'use', connectionId: id, method: 'GET', path: '/me' })
    await host.call('connections.refresh', { id })
  },
  revoke: async (host) => host.call('connections.revoke', { id: (await held(host)).connection.id }),
  'client secret': async (host) => {
    const { client } = await held(host)
    await host.call('clients.save', { ...client, clientSecret: secondSecret })
    await host.call('clients.check', { id: client.id })
  },
  rename: async (host) => host.call('connections.rename', { id: (await held(host)).connection.id, name: 'renamed' }),
  passphrase: (host) => host.call('vault.setPassphrase', { passphrase: secondPassphrase, present: firstPassphrase }),
  'add keychain': (host) => host.call('vault.addKeychain', {}),
  'remove passphrase': async (host) => host.call('vault.removeSlot', { id: (await held(host)).slot('passphrase') }),
  'remove keychain': async (host) => host.call('vault.removeSlot', { id: (await held(host)).slot('keychain') }),
  backup: async (host, one) => {
    const { text } = await host.call('backup.make', { passphrase: secondPassphrase, present: firstPassphrase })
    writeBackup(`${backupOf(one)}.new`, text ?? '')
  },
  restore: async (host, one) => {
    const text = real.readFileSync(backupOf(one), 'utf8')
    await host.call('backup.restore', { text, passphrase: backupPassphrase })
  },
}
