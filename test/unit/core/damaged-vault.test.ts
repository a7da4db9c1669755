import { afterEach, describe, expect, test } from 'vitest'
import type { Snapshot } from '../../../contract/change.ts'
import type { Flow } from '../../../contract/flow/flow.ts'
import { createApp } from '../../../core/app.ts'
import { aboutNothing } from '../../../core/flows/default-facts.ts'
import { openVault } from '../../../core/vault/vault.ts'
import { memoryPorts } from '../../support/memory-ports.ts'
import { openTestApp, type TestApp } from '../../support/test-app.ts'
import { dataKeyOf, resealed } from './vault/resealed.ts'
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

  test.each([
    ['connection:n2', { kind: 'connection', id: 'n2', what: 'connection', name: 'n2', recoverable: false }],
    ['client:c1', { kind: 'client', id: 'c1', what: 'client', name: 'c1', recoverable: false }],
    ['tokens:n2', { kind: 'tokens', id: 'n2', what: 'tokens of the connection', name: 'Another' }],
    ['flow:f2', { kind: 'flow', id: 'f2', what: 'record', name: 'flow:f2' }],
  ])('tells of %s where it would stand', async (damaged, told) => {
    grantdesk = await openTestApp(await vaultWith(damaged))
    const snapshot = await grantdesk.call('app.snapshot', {})
    expect(snapshot.damaged).toMatchObject([
      { ...told, message: expect.stringContaining('in the vault cannot be opened') },
    ])
  })

  test('calls a connection damaged by its id and by what is asked of it, and not unknown', async () => {
    grantdesk = await openTestApp(await vaultWith('connection:n2'))
    const failure = {
      kind: 'vault_broken',
      message:
        'The record of the connection in the vault cannot be opened: it was changed or damaged in the vault’s file.',
    }
    await expect(grantdesk.call('connections.named', { name: 'n2' })).rejects.toMatchObject({ failure })
    await expect(grantdesk.call('connections.tokenNamed', { name: 'n2' })).rejects.toMatchObject({ failure })
    await expect(grantdesk.call('connections.refresh', { id: 'n2' })).rejects.toMatchObject({ failure })
  })

  test('calls a client damaged, and its connections, and not unknown', async () => {
    grantdesk = await openTestApp(await vaultWith('client:c1'))
    const failure = { kind: 'vault_broken', message: expect.stringContaining('record of the client in the vault') }
    await expect(grantdesk.call('clients.remove', { id: 'c1' })).rejects.toMatchObject({ failure })
    const { connections } = await grantdesk.call('app.snapshot', {})
    expect(connections).toMatchObject([{ damage: 'client' }, { damage: 'client' }])
  })

  test('removes a damaged connection with its tokens when told to, and nothing that is whole', async () => {
    const ports = await vaultWith('connection:n2')
    grantdesk = await openTestApp(ports)
    await expect(grantdesk.call('vault.removeDamaged', { kind: 'connection', id: 'n1' })).rejects.toMatchObject({
      failure: { kind: 'conflict' },
    })
    await grantdesk.call('vault.removeDamaged', { kind: 'connection', id: 'n2' })
    const { records } = JSON.parse(ports.disk.text ?? '')
    expect(records).toHaveProperty(['connection:n1'])
    expect(records).not.toHaveProperty(['connection:n2'])
    expect(records).not.toHaveProperty(['tokens:n2'])
    const snapshot = await grantdesk.call('app.snapshot', {})
    expect([snapshot.damaged, snapshot.connections.map(({ id }) => id)]).toEqual([[], ['n1']])
    const { entries } = await grantdesk.call('history.list', {})
    expect(entries).toMatchObject([{ operation: 'remove', detail: expect.stringContaining('n2') }])
  })

  test('writes down what it recovered, and what stays damaged', async () => {
    const ports = await vaultWith('connection:n2')
    const before = JSON.parse(ports.disk.text ?? '')
    const vault = openVault(ports)
    await vault.open()
    await vault.write([{ remove: 'tokens', id: 'n1' }])
    await vault.close()
    const now = JSON.parse(ports.disk.text ?? '')
    now.records['tokens:n1'] = before.records['tokens:n1']
    ports.disk.text = JSON.stringify(now)
    grantdesk = await openTestApp(ports)
    await grantdesk.call('vault.recover', {})
    const { entries } = await grantdesk.call('history.list', {})
    expect(entries).toMatchObject([{ operation: 'recover', connectionId: null, outcome: 'done' }])
    expect(entries[0]?.detail).toBe('Recovered: tokens of the connection Plane. Still damaged: connection n2')
  })

  describe('in place of damaged settings', () => {
    async function withDamagedSettings() {
      const ports = memoryPorts()
      const first = await openTestApp(ports)
      const { settings } = await first.call('app.snapshot', {})
      await first.call('settings.save', { ...settings, keep: { ...settings.keep, flows: 777 } })
      await first.close()
      const document = JSON.parse(ports.disk.text ?? '')
      const whole = document.records['settings:all']
      const damaged = `${whole.slice(0, -6)}AAAAAA`
      ports.disk.text = JSON.stringify({ ...document, records: { ...document.records, 'settings:all': damaged } })
      grantdesk = await openTestApp(ports)
      return { app: grantdesk, ports, damaged }
    }

    test('the usual ones hold, and nothing is saved over them', async () => {
      const { app, ports, damaged } = await withDamagedSettings()
      const { settings, damaged: told } = await app.call('app.snapshot', {})
      expect(told).toMatchObject([{ what: 'settings', name: 'of this vault', kind: 'settings' }])
      await expect(
        app.call('settings.save', { ...settings, keep: { ...settings.keep, flows: 1_500 } }),
      ).rejects.toMatchObject({
        failure: {
          kind: 'vault_broken',
          message: expect.stringContaining('Nothing was saved'),
          remedy: expect.stringContaining('grantdesk remove settings'),
        },
      })
      expect(JSON.parse(ports.disk.text ?? '').records['settings:all']).toBe(damaged)
    })

    test('others can be saved once the damaged ones are removed', async () => {
      const { app } = await withDamagedSettings()
      await app.call('vault.removeDamaged', { kind: 'settings', id: 'all' })
      const { settings, damaged } = await app.call('app.snapshot', {})
      expect(damaged).toEqual([])
      const saved = await app.call('settings.save', { ...settings, keep: { ...settings.keep, flows: 1_500 } })
      expect(saved.keep.flows).toBe(1_500)
    })
  })

  test('keeps damaged certificates of a service from being written over by a part of them', async () => {
    const ports = memoryPorts()
    const vault = openVault(ports)
    await vault.open()
    const value = { authorities: '', clientCertificate: null }
    await vault.write([{ put: 'service_certificates', id: 'plane', value }])
    await vault.close()
    const document = JSON.parse(ports.disk.text ?? '')
    const name = 'service_certificates:plane'
    document.records[name] = `${document.records[name].slice(0, -6)}AAAAAA`
    ports.disk.text = JSON.stringify(document)
    grantdesk = await openTestApp(ports)
    await expect(grantdesk.call('services.setCertificates', { id: 'plane', authorities: null })).rejects.toMatchObject({
      failure: { kind: 'vault_broken', message: expect.stringContaining('Nothing was saved') },
    })
    await grantdesk.call('services.setCertificates', { id: 'plane', authorities: null, clientCertificate: null })
    expect((await grantdesk.call('app.snapshot', {})).damaged).toEqual([])
  })

  test('removes no secret alone of what would need it', async () => {
    grantdesk = await openTestApp(await vaultWith('tokens:n2'))
    await expect(grantdesk.call('vault.removeDamaged', { kind: 'tokens', id: 'n2' })).rejects.toMatchObject({
      failure: { kind: 'conflict', remedy: expect.stringContaining('Reconnect') },
    })
  })

  test('tells everybody when the damage is repaired by what is entered anew', async () => {
    grantdesk = await openTestApp(await vaultWith('client_secret:c1'))
    const snapshots: Snapshot[] = []
    const stop = grantdesk.app.listen((change) => change.kind === 'snapshot' && snapshots.push(change.snapshot))
    const [before] = snapshots
    expect(before?.connections).toMatchObject([{ damage: 'client_secret' }, { damage: 'client_secret' }])
    const [client] = before?.clients ?? []
    const { id = '', name, serviceId = '', baseUrl = '', clientId = '', clientAuthentication, redirect } = client ?? {}
    const input = { id, name, serviceId, baseUrl, clientId, redirect: redirect ?? { mode: 'ephemeral' as const } }
    await grantdesk.call('clients.save', {
      ...{ ...input, clientAuthentication: clientAuthentication ?? 'none' },
      clientSecret: 'entered anew',
    })
    stop()
    expect(snapshots.at(-1)).toMatchObject({ damaged: [], connections: [{ damage: null }, { damage: null }] })
  })

  test.each(['tokens:n2', 'tokens:n1'])('says at the connection that it cannot be used (%s)', async (damaged) => {
    const ports = await vaultWith(damaged)
    grantdesk = await openTestApp(ports)
    const { connections } = await grantdesk.call('app.snapshot', {})
    const failure = {
      kind: 'vault_broken',
      message: expect.stringContaining('in the vault cannot be opened'),
      remedy: expect.any(String),
    }
    const of = (id: string) => connections.find((one) => one.id === id)?.status
    const [id, other] = damaged === 'tokens:n2' ? ['n2', 'n1'] : ['n1', 'n2']
    expect(of(id)).toMatchObject({ kind: 'needs_attention', failure })
    expect(connections.map((one) => [one.id, one.damage])).toContainEqual([id, 'tokens'])
    expect(connections.map((one) => [one.id, one.damage])).toContainEqual([other, null])
    expect(of(other)).toMatchObject({ kind: 'good' })
    await expect(grantdesk.call('connections.token', { id })).rejects.toMatchObject({ failure })
  })

  test('says at the client, and at its connections, that the client secret cannot be used', async () => {
    grantdesk = await openTestApp(await vaultWith('client_secret:c1'))
    const { clients, connections } = await grantdesk.call('app.snapshot', {})
    expect(clients).toMatchObject([
      { id: 'c1', secretDamage: expect.stringContaining('record of the client secret in the vault') },
    ])
    const status = {
      kind: 'needs_attention',
      failure: { message: expect.stringContaining('record of the client secret in the vault') },
    }
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

test('a connection that a newer version wrote is told where it stands, and used for nothing', async () => {
  const ports = memoryPorts()
  const vault = openVault(ports)
  await vault.open()
  await vault.write([...sampleChanges, { put: 'connection', id: 'n2', value: connection('Another') }])
  await vault.close()
  const newer = JSON.stringify({ name: 'From tomorrow', serviceId: 'plane' })
  ports.disk.text = resealed(await dataKeyOf(ports), ports.disk.text ?? '', { 'connection:n1': newer })
  grantdesk = await openTestApp(ports)
  const { connections, damaged } = await grantdesk.call('app.snapshot', {})
  expect(connections.map(({ id }) => id)).toEqual(['n2'])
  const message = expect.stringContaining('cannot be read by this version')
  expect(damaged).toMatchObject([{ kind: 'connection', id: 'n1', name: 'From tomorrow', message, recoverable: false }])
  await expect(grantdesk.call('connections.refresh', { id: 'n1' })).rejects.toMatchObject({ failure: { message } })
  await expect(grantdesk.call('connections.named', { name: 'From tomorrow' })).rejects.toMatchObject({
    failure: { message },
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
