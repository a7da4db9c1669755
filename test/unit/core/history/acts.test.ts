// Which acts leave an entry, asked at the application's own door.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openVault } from '../../../../core/vault/vault.ts'
import { type Desk, openDesk } from '../../../support/desk.ts'
import { memoryPorts } from '../../../support/memory-ports.ts'
import { client, planted, sampleChanges } from '../vault/sample-records.ts'

let desk: Desk

beforeEach(async () => {
  const ports = memoryPorts()
  const vault = openVault(ports)
  await vault.open()
  await vault.write(sampleChanges)
  await vault.close()
  desk = await openDesk(ports)
})
afterEach(() => desk.close())

async function told() {
  const { entries } = await desk.call('history.list', {})
  return entries.map(({ act, caller, outcome, detail, connectionName }) => [
    act,
    caller,
    outcome,
    detail,
    connectionName,
  ])
}

test('removing a connection and putting it back are told, and its trail stays', async () => {
  await desk.call('connections.reveal', { id: 'n1', what: 'access_token' })
  await desk.call('connections.remove', { id: 'n1' }, 'command')
  expect(await told()).toEqual([
    ['remove', 'command', 'done', 'Removed Plane', 'Plane'],
    ['reveal', 'window', 'done', 'Access token shown', 'Plane'],
  ])
  await desk.call('connections.restore', { id: 'n1' })
  const { entries } = await desk.call('history.list', { connectionId: 'n1' })
  expect(entries.map(({ act }) => act)).toEqual(['put_back', 'remove', 'reveal'])
})

test('changing the ways to open the vault is told, a wrong present passphrase too', async () => {
  await desk.call('vault.setPassphrase', { passphrase: 'correct horse battery' })
  const wrong = desk.call('vault.setPassphrase', { passphrase: 'another passphrase', present: 'not this one' })
  await expect(wrong).rejects.toThrow(/wrong_passphrase/)
  const { vault } = await desk.call('app.snapshot', {})
  const slots = vault.state === 'open' ? vault.slots : []
  await desk.call('vault.removeSlot', { id: slots.find(({ kind }) => kind === 'keychain')?.id ?? '' }, 'tab')
  await desk.call('vault.addKeychain', {})
  expect(await told()).toEqual([
    ['ways', 'window', 'done', 'Keychain added', null],
    ['ways', 'tab', 'done', 'Memory keychain removed', null],
    ['ways', 'window', 'failed', 'That is not the present passphrase of this vault.', null],
    ['ways', 'window', 'done', 'Passphrase added', null],
  ])
})

test('a new client secret is told, without the secret', async () => {
  const { hasSecret: _, ...input } = client
  await desk.call('clients.save', { ...input, id: 'c1', clientSecret: 'brand-new-secret' })
  await desk.call('clients.save', { ...input, id: 'c1', name: 'Renamed' })
  expect(await told()).toEqual([['client_secret', 'window', 'done', 'New client secret for My client', null]])
  for (const format of ['json', 'csv'] as const) {
    const { text, fileName } = await desk.call('history.export', { format })
    expect(fileName).toBe(`grantdesk-history-2026-11-22.${format}`)
    for (const secret of ['brand-new-secret', ...Object.values(planted)]) expect(text).not.toContain(secret)
  }
})

test('a listing is bounded and says how much there is; whoever shows it is told of what is added', async () => {
  for (let time = 0; time < 3; time++) await desk.call('connections.reveal', { id: 'n1', what: 'access_token' })
  const { entries, total } = await desk.call('history.list', { limit: 2 })
  expect([entries.length, total]).toEqual([2, 3])
  expect(desk.crossed.filter((line) => line === '{"kind":"history"}')).toHaveLength(3)
})

test('a locked vault lists nothing of it', async () => {
  await desk.call('connections.reveal', { id: 'n1', what: 'access_token' })
  await desk.call('vault.lock', {})
  await expect(desk.call('history.list', {})).rejects.toThrow(/vault_locked/)
  await expect(desk.call('history.export', { format: 'csv' })).rejects.toThrow(/vault_locked/)
  await desk.call('vault.retry', {})
  expect((await desk.call('history.list', {})).total).toBe(1)
})
