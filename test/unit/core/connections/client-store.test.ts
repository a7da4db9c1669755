// Which clients are the host's own at practice services: marked when it registers them, whatever they are called; and which have
// a secret that is too weak to be hidden everywhere.
import { expect, it } from 'vitest'
import { createClientStore } from '../../../../core/connections/client-store.ts'
import type { ClientRecord } from '../../../../core/records.ts'
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

it('says whose secret is weak, from when it is saved until it is replaced or taken away', async () => {
  const clients = await openStore()
  const { id, weakSecret } = await clients.save(typed)
  expect(weakSecret).toBe(true)
  const save = async (clientSecret?: string) => (await clients.save({ ...typed, id, clientSecret })).weakSecret
  expect(await save(undefined)).toBe(true)
  expect(await save('k3-Xb9_rQ0zT')).toBe(false)
  expect(await save('summer-winter')).toBe(true)
  const open = { ...typed, id, clientSecret: '', clientAuthentication: 'none' as const }
  expect((await clients.save(open)).weakSecret).toBe(false)
})

it('finds it out of a client that an earlier version stored', async () => {
  const records = memoryRecords()
  const { id } = await (await openStore(records)).save(typed)
  const { weakSecret: _, ...earlier } = (await records.read('client', id)) as ClientRecord
  await records.write([{ put: 'client', id, value: earlier }])
  expect((await openStore(records)).view(id).weakSecret).toBe(true)
})
