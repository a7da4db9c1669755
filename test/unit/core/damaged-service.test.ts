// What an application says of connections at a service whose description in the vault is damaged.
import { afterEach, expect, it } from 'vitest'
import { shippedService } from '../../../core/services/catalogue.ts'
import { openVault } from '../../../core/vault/vault.ts'
import { memoryPorts } from '../../support/memory-ports.ts'
import { openTestApp, type TestApp } from '../../support/test-app.ts'
import { connection, sampleChanges, tokens } from './vault/sample-records.ts'

let grantdesk: TestApp | undefined
afterEach(() => grantdesk?.close())

it('says how a token is sent only where the person chose it, and nothing of the built-in service in its place', async () => {
  const ports = memoryPorts()
  const vault = openVault(ports)
  await vault.open()
  const plane = shippedService('plane')
  if (!plane) throw new Error('There is no service plane.')
  const chosen = { header: 'X-Mine', prefix: '' }
  await vault.write([
    ...sampleChanges,
    { put: 'connection', id: 'n1', value: connection('Plane') },
    { put: 'connection', id: 'n2', value: { ...connection('Own key'), bearer: chosen } },
    { put: 'tokens', id: 'n2', value: tokens() },
    { put: 'service', id: 'plane', value: { ...plane, bearer: { header: 'X-Adjusted', prefix: '' } } },
  ])
  await vault.close()
  const document = JSON.parse(ports.disk.text ?? '')
  document.records['service:plane'] = `${document.records['service:plane'].slice(0, -6)}AAAAAA`
  ports.disk.text = JSON.stringify(document)

  grantdesk = await openTestApp(ports)
  const { connections } = await grantdesk.call('app.snapshot', {})
  const placements = Object.fromEntries(connections.map(({ id, bearer }) => [id, bearer]))
  expect(placements).toEqual({ n1: null, n2: chosen })
  expect(connections).toMatchObject([{ damage: 'service' }, { damage: 'service' }])
  const { damaged } = await grantdesk.call('vault.damaged', {})
  expect(damaged).toMatchObject([{ kind: 'service', id: 'plane', problem: 'damaged' }])
})
