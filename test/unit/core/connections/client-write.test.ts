import { describe, expect, it } from 'vitest'
import { clientWrites } from '../../../../core/connections/client-write.ts'
import { RecordCache } from '../../../../core/record-cache.ts'
import type { ClientRecord } from '../../../../core/records.ts'
import { Secret } from '../../../../core/secret.ts'
import { client } from '../vault/sample-records.ts'

const secret = new Secret('typed')

function store() {
  const clients = new RecordCache<ClientRecord>()
  clients.set('c1', client)
  const told: string[] = []
  return { clients, told, writeOf: clientWrites({ clients, onWritten: (id) => told.push(id) }) }
}

const typed = { id: 'c1', known: client, secret, replaced: [] }

describe('what was typed for a client', () => {
  it('is written with its secret, told once it is, and not written again', () => {
    const { clients, told, writeOf } = store()
    const write = writeOf({ ...typed, record: { ...client, name: 'Renamed' }, secretTyped: true })
    expect(write.changes()).toMatchObject([{ put: 'client', value: { name: 'Renamed' } }, { put: 'client_secret' }])
    expect([clients.get('c1')?.name, told]).toEqual([client.name, []])
    write.written()
    expect([clients.get('c1')?.name, told]).toEqual(['Renamed', ['c1']])
    expect(write.changes()).toEqual([])
  })

  it('leaves the stored secret alone where none was entered', () => {
    const write = store().writeOf({ ...typed, record: { ...client, name: 'Renamed' }, secretTyped: false })
    expect(write.changes()).toMatchObject([{ put: 'client' }])
  })

  it('is nothing to write where it is what is stored', () => {
    const { told, writeOf } = store()
    const write = writeOf({ ...typed, record: client, secretTyped: false })
    expect(write.changes()).toEqual([])
    write.written()
    expect(told).toEqual([])
  })

  it('keeps what was edited since, and a secret that was entered since', () => {
    const { clients, writeOf } = store()
    const slow = writeOf({ ...typed, record: { ...client, clientId: 'other' }, secretTyped: true })
    const quick = writeOf({ ...typed, record: { ...client, name: 'Edited' }, secretTyped: true })
    quick.changes()
    quick.written()
    expect(slow.changes()).toMatchObject([{ put: 'client', value: { name: 'Edited', clientId: 'other' } }])
    slow.written()
    expect(clients.get('c1')).toMatchObject({ name: 'Edited', clientId: 'other' })
  })

  it('is stored whole, with its secret, where the client has gone meanwhile', () => {
    const { clients, writeOf } = store()
    const write = writeOf({ ...typed, record: client, secretTyped: false })
    clients.delete('c1')
    expect(write.changes()).toMatchObject([{ put: 'client' }, { put: 'client_secret' }])
  })
})
