// Which operations leave an entry, asked at the application's own door.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openVault } from '../../../../core/vault/vault.ts'
import { memoryPorts } from '../../../support/memory-ports.ts'
import { openTestApp, type TestApp } from '../../../support/test-app.ts'
import { client, planted, sampleChanges } from '../vault/sample-records.ts'

let grantdesk: TestApp

beforeEach(async () => {
  const ports = memoryPorts()
  const vault = openVault(ports)
  await vault.open()
  await vault.write(sampleChanges)
  await vault.close()
  grantdesk = await openTestApp(ports)
})
afterEach(() => grantdesk.close())

async function told() {
  const { entries } = await grantdesk.call('history.list', {})
  return entries.map(({ operation, caller, outcome, detail, connectionName }) => [
    operation,
    caller,
    outcome,
    detail,
    connectionName,
  ])
}

test('removing a connection and putting it back are told, and its trail stays', async () => {
  await grantdesk.call('connections.reveal', { id: 'n1', what: 'access_token' })
  await grantdesk.call('connections.remove', { id: 'n1' }, 'command')
  expect(await told()).toEqual([
    ['remove', 'command', 'done', 'Removed Plane', 'Plane'],
    ['reveal', 'window', 'done', 'Access token shown', 'Plane'],
  ])
  await grantdesk.call('connections.restore', { id: 'n1' })
  const { entries } = await grantdesk.call('history.list', { connectionId: 'n1' })
  expect(entries.map(({ operation }) => operation)).toEqual(['put_back', 'remove', 'reveal'])
})

test('changing the ways to open the vault is told, a wrong present passphrase too', async () => {
  await grantdesk.call('vault.setPassphrase', { passphrase: 'correct horse battery' })
  const wrong = grantdesk.call('vault.setPassphrase', { passphrase: 'another passphrase', present: 'not this one' })
  await expect(wrong).rejects.toThrow(/wrong_passphrase/)
  const { vault } = await grantdesk.call('app.snapshot', {})
  const slots = vault.state === 'open' ? vault.slots : []
  await grantdesk.call('vault.removeSlot', { id: slots.find(({ kind }) => kind === 'keychain')?.id ?? '' }, 'tab')
  await grantdesk.call('vault.addKeychain', {})
  expect(await told()).toEqual([
    ['unlock_settings', 'window', 'done', 'Keychain added', null],
    ['unlock_settings', 'tab', 'done', 'Memory keychain removed', null],
    ['unlock_settings', 'window', 'failed', 'That is not the present passphrase of this vault.', null],
    ['unlock_settings', 'window', 'done', 'Passphrase added', null],
  ])
})

test('a new client secret is told, without the secret', async () => {
  const { hasSecret: _, ...input } = client
  await grantdesk.call('clients.save', { ...input, id: 'c1', clientSecret: 'brand-new-secret' })
  await grantdesk.call('clients.save', { ...input, id: 'c1', name: 'Renamed' })
  expect(await told()).toEqual([['client_secret', 'window', 'done', 'New client secret for My client', null]])
  for (const format of ['json', 'csv'] as const) {
    const { text, fileName } = await grantdesk.call('history.export', { format })
    expect(fileName).toBe(`grantdesk-history-2026-11-22.${format}`)
    for (const secret of ['brand-new-secret', ...Object.values(planted)]) expect(text).not.toContain(secret)
  }
})

test('a listing is bounded and says how much there is; callers are told of what is added', async () => {
  for (let time = 0; time < 3; time++) await grantdesk.call('connections.reveal', { id: 'n1', what: 'access_token' })
  const { entries, total } = await grantdesk.call('history.list', { limit: 2 })
  expect([entries.length, total]).toEqual([2, 3])
  expect(grantdesk.crossed.filter((line) => line === '{"kind":"history"}')).toHaveLength(3)
})

test('a locked vault lists nothing of it', async () => {
  await grantdesk.call('connections.reveal', { id: 'n1', what: 'access_token' })
  await grantdesk.call('vault.lock', {})
  await expect(grantdesk.call('history.list', {})).rejects.toThrow(/vault_locked/)
  await expect(grantdesk.call('history.export', { format: 'csv' })).rejects.toThrow(/vault_locked/)
  await grantdesk.call('vault.retry', {})
  expect((await grantdesk.call('history.list', {})).total).toBe(1)
})
