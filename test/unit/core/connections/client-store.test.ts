// Which clients are the host's own at practice services: marked when it registers them, whatever they are called.
import { expect, it } from 'vitest'
import { createClientStore } from '../../../../core/connections/client-store.ts'
import { createServiceRegistry } from '../../../../core/services/registry.ts'
import { memoryRecords } from '../../../support/memory-records.ts'

const typed = {
  serviceId: 'plane',
  baseUrl: 'http://127.0.0.1:4000',
  clientId: 'app',
  clientSecret: 'secret',
  clientAuthentication: 'body',
  redirect: { mode: 'ephemeral' },
} as const

async function openStore(records = memoryRecords()) {
  const services = createServiceRegistry(
    records,
    () => undefined,
    () => false,
  )
  const nothing = () => undefined
  const clients = createClientStore({
    records,
    services,
    damageOf: () => null,
    connectionCount: () => 0,
    onSave: nothing,
    onRemove: nothing,
  })
  await clients.load()
  return clients
}

it('a practice client stays one under another name, and when the person changes it', async () => {
  const records = memoryRecords()
  const clients = await openStore(records)
  const { id, practice } = await clients.savePractice({ ...typed, name: 'Practice Plane' })
  expect(practice).toBe(true)
  expect((await clients.save({ ...typed, id, name: 'My local one' })).practice).toBe(true)
  const again = await openStore(records)
  expect(again.view(id)).toMatchObject({ name: 'My local one', practice: true })
})

it('a client of the person is none, whatever they call it', async () => {
  const clients = await openStore()
  expect((await clients.save({ ...typed, name: 'Practice Plane' })).practice).toBe(false)
})
