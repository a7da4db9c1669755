// Putting back what was removed, asked for at the application's own door.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openVault } from '../../../../core/vault/vault.ts'
import { type MemoryPorts, memoryPorts } from '../../../support/memory-ports.ts'
import { openTestApp, type TestApp } from '../../../support/test-app.ts'
import { connection, planted, sampleChanges, tokens } from '../vault/sample-records.ts'

let grantdesk: TestApp
let ports: MemoryPorts

beforeEach(async () => {
  ports = memoryPorts()
  await stored(sampleChanges)
  grantdesk = await openTestApp(ports)
})
afterEach(() => grantdesk.close())

/** What another host wrote. */
async function stored(changes: typeof sampleChanges) {
  const vault = openVault(ports)
  await vault.open()
  await vault.write(changes)
  await vault.close()
}

const removed = async () => (await grantdesk.call('app.snapshot', {})).removed
const token = async () => (await grantdesk.call('connections.token', { id: 'n1' })).accessToken
const forEver = { expiresAt: null }

async function neverEnding() {
  await grantdesk.close()
  await stored([{ put: 'connection', id: 'n1', value: { ...connection('Plane'), ...forEver } }])
  grantdesk = await openTestApp(ports)
}

test('a removed connection leaves the disk at once and is listed until it is put back', async () => {
  await neverEnding()
  await grantdesk.call('connections.remove', { id: 'n1' })
  expect(Object.keys(JSON.parse(ports.disk.text ?? '').records).filter((name) => /n1$/.test(name))).toEqual([])
  expect(await removed()).toEqual([
    { id: 'n1', name: 'Plane', serviceName: 'Plane', account: 'Ada', revoked: false, removedAt: ports.time.now },
  ])
  await grantdesk.call('connections.restore', { id: 'n1' })
  expect([await removed(), await token()]).toEqual([[], planted.accessToken])
})

test('it is put back over a lock, while which nothing of it is shown', async () => {
  await neverEnding()
  await grantdesk.call('connections.remove', { id: 'n1' })
  await grantdesk.call('vault.lock', {})
  expect(await removed()).toEqual([])
  await expect(grantdesk.call('connections.restore', { id: 'n1' })).rejects.toThrow(/vault_locked/)
  await grantdesk.call('vault.retry', {})
  expect(await removed()).toHaveLength(1)
  await grantdesk.call('connections.restore', { id: 'n1' })
  expect(await token()).toBe(planted.accessToken)
})

test('another application on the same vault cannot put it back: the way back ends with the host', async () => {
  await grantdesk.call('connections.remove', { id: 'n1' })
  await grantdesk.close()
  grantdesk = await openTestApp(ports)
  expect(await removed()).toEqual([])
  await expect(grantdesk.call('connections.restore', { id: 'n1' })).rejects.toThrow(/not_found.*no longer/)
})

test('it never takes the place of one that came back by another way, nor of its name', async () => {
  await neverEnding()
  await grantdesk.call('connections.remove', { id: 'n1' })
  await grantdesk.call('vault.lock', {})
  await stored([
    { put: 'connection', id: 'n1', value: { ...connection('Plane'), ...forEver } },
    { put: 'tokens', id: 'n1', value: tokens('newer-token') },
  ])
  await grantdesk.call('vault.retry', {})
  await expect(grantdesk.call('connections.restore', { id: 'n1' })).rejects.toThrow(/conflict.*here again/)
  expect(await token()).toBe('newer-token')
})
