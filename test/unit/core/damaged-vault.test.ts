import { afterEach, describe, expect, test } from 'vitest'
import type { Flow } from '../../../contract/flow/flow.ts'
import { createApp } from '../../../core/app.ts'
import { aboutNothing } from '../../../core/flows/legacy-flow.ts'
import { openVault } from '../../../core/vault/vault.ts'
import { memoryPorts } from '../../support/memory-ports.ts'
import { openTestApp, type TestApp } from '../../support/test-app.ts'
import { connection, sampleChanges, tokens } from './vault/sample-records.ts'

const flow: Flow = {
  id: 'f1',
  kind: 'connect',
  about: { ...aboutNothing, service: 'Plane' },
  serviceId: 'plane',
  connectionId: 'n1',
  startedAt: 1,
  endedAt: 2,
  outcome: 'succeeded',
  eventCount: 0,
  events: [],
  failure: null,
}

let grantdesk: TestApp | undefined
afterEach(() => grantdesk?.close())

/** A vault with two of everything listed, of which the named record is damaged. */
async function vaultWith(damaged: string) {
  const ports = memoryPorts()
  const vault = openVault(ports)
  await vault.open()
  await vault.write([
    ...sampleChanges,
    { put: 'connection', id: 'n2', value: connection('Another') },
    { put: 'tokens', id: 'n2', value: tokens() },
    { put: 'flow', id: 'f1', value: flow },
    { put: 'flow', id: 'f2', value: { ...flow, id: 'f2' } },
  ])
  await vault.close()
  const document = JSON.parse(ports.disk.text ?? '')
  expect(Object.keys(document.records)).toContain(damaged)
  document.records[damaged] = `${document.records[damaged].slice(0, -6)}AAAAAA`
  ports.disk.text = JSON.stringify(document)
  return ports
}

describe('an application over a vault with one damaged record', () => {
  test.each([
    ['connection:n2', ['n1'], ['c1'], ['f1', 'f2']],
    ['flow:f2', ['n1', 'n2'], ['c1'], ['f1']],
    ['client:c1', ['n1', 'n2'], [], ['f1', 'f2']],
    ['tokens:n2', ['n1', 'n2'], ['c1'], ['f1', 'f2']],
  ])('opens and shows everything but %s', async (damaged, connections, clients, flows) => {
    const ports = await vaultWith(damaged)
    grantdesk = await openTestApp(ports)
    const snapshot = await grantdesk.call('app.snapshot', {})
    expect(snapshot.vault.state).toBe('open')
    expect(snapshot.connections.map(({ id }) => id).sort()).toEqual(connections)
    expect(snapshot.clients.map(({ id }) => id)).toEqual(clients)
    expect(snapshot.flows.map(({ id }) => id).sort()).toEqual(flows)
    const listed = !damaged.startsWith('tokens')
    expect(ports.logged.some((line) => line.includes(`"record":"${damaged}"`))).toBe(listed)
  })

  test.each(['tokens:n2', 'tokens:n1'])('says at the connection that it cannot be used (%s)', async (damaged) => {
    const ports = await vaultWith(damaged)
    grantdesk = await openTestApp(ports)
    const { connections } = await grantdesk.call('app.snapshot', {})
    const failure = { kind: 'vault_broken', message: expect.stringContaining(damaged), remedy: expect.any(String) }
    const of = (id: string) => connections.find((one) => one.id === id)?.status
    const [id, other] = damaged === 'tokens:n2' ? ['n2', 'n1'] : ['n1', 'n2']
    expect(of(id)).toMatchObject({ kind: 'needs_attention', failure })
    expect(of(other)).toMatchObject({ kind: 'good' })
    await expect(grantdesk.call('connections.token', { id })).rejects.toMatchObject({ failure })
  })

  test('says at the client, and at its connections, that the client secret cannot be used', async () => {
    grantdesk = await openTestApp(await vaultWith('client_secret:c1'))
    const { clients, connections } = await grantdesk.call('app.snapshot', {})
    expect(clients).toMatchObject([{ id: 'c1', secretDamage: expect.stringContaining('client_secret:c1') }])
    const status = { kind: 'needs_attention', failure: { message: expect.stringContaining('client_secret:c1') } }
    expect(connections).toHaveLength(2)
    for (const connection of connections) expect(connection).toMatchObject({ status })
  })

  test('opens and shows the rest after it was locked, too, and leaves the damaged record where it is', async () => {
    const ports = await vaultWith('connection:n2')
    grantdesk = await openTestApp(ports)
    await grantdesk.call('vault.lock', {})
    expect(await grantdesk.call('vault.retry', {})).toMatchObject({ state: 'open' })
    await grantdesk.call('connections.tag', { id: 'n1', tags: ['kept'] })
    expect(JSON.parse(ports.disk.text ?? '').records).toHaveProperty(['connection:n2'])
  })
})

test('an application whose vault’s file was changed under it shows what it holds now when asked again', async () => {
  const ports = memoryPorts()
  const vault = openVault(ports)
  await vault.open()
  await vault.write(sampleChanges)
  await vault.close()
  const app = createApp(ports)
  await app.start()
  const other = openVault(ports)
  await other.open()
  await other.write([{ put: 'connection', id: 'n2', value: connection('Another') }])
  const left = ports.disk.text
  expect(await app.call('connections.tag', { id: 'n1', tags: ['x'] }, 'window')).toMatchObject({
    ok: false,
    failure: { kind: 'vault_broken' },
  })
  expect(ports.disk.text).toBe(left)
  expect(await app.call('vault.retry', {}, 'window')).toMatchObject({ ok: true, value: { state: 'open' } })
  expect(await app.call('app.snapshot', {}, 'window')).toMatchObject({ value: { connections: [{}, { id: 'n2' }] } })
  await app.close()
})
