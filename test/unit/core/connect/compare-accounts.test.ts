import { describe, expect, it } from 'vitest'
import { belongsTo, changesFrom, nameFrom } from '../../../../core/connect/compare-accounts.ts'
import type { Identity } from '../../../../core/connections/identify.ts'
import { catalogue } from '../../../../core/services/catalogue.ts'
import { connection } from '../vault/sample-records.ts'

const ada = { id: '1', name: 'Ada', email: null, detail: null }
const bob = { id: '2', name: 'Bob', email: null, detail: null }
const [service] = catalogue()
if (!service) throw new Error('The catalogue is empty.')

function identity(told: Partial<Identity>): Identity {
  const silent = {
    account: null,
    workspaces: [],
    workspace: null,
    reported: null,
    expiresIn: null,
    introspection: null,
  }
  return { ...silent, status: 200, refusal: null, ...told }
}

describe('new tokens belong to a connection', () => {
  const held = { serviceId: 'plane', baseUrl: 'https://plane.example', account: ada }
  const at = { service: { id: 'plane' }, baseUrl: 'https://plane.example' }

  it('of the same account, service and base URL', () => {
    expect(belongsTo(held, at, identity({ account: ada }))).toBe(true)
    expect(belongsTo(held, at, identity({ account: bob }))).toBe(false)
    expect(belongsTo(held, { ...at, service: { id: 'other' } }, identity({ account: ada }))).toBe(false)
    expect(belongsTo(held, { ...at, baseUrl: 'https://other.example' }, identity({ account: ada }))).toBe(false)
  })

  it('not where the API does not say whose they are', () => {
    expect(belongsTo(held, at, identity({}))).toBe(false)
  })

  it('where no account was known, unless the API refuses them', () => {
    expect(belongsTo({ ...held, account: null }, at, identity({ account: bob }))).toBe(true)
    expect(belongsTo({ ...held, account: null }, at, identity({ status: 401 }))).toBe(false)
  })
})

describe('a connection', () => {
  it('is named after account and workspace, or service, unless the person named it', () => {
    const workspace = { id: 'w', name: 'Acme', slug: null }
    const unnamed = { input: { name: undefined }, service } as never
    expect(nameFrom(unnamed, { account: ada, workspace } as Identity)).toBe('Ada · Acme')
    expect(nameFrom(unnamed, identity({ account: ada }))).toBe(`Ada · ${service.name}`)
    expect(nameFrom(unnamed, identity({}))).toBeNull()
    expect(nameFrom({ input: { name: 'Mine' }, service } as never, identity({ account: ada }))).toBeNull()
  })

  it('takes an expiry from the API only where none is known', () => {
    const record = connection('Plane')
    expect(changesFrom(record, service, identity({ expiresIn: 60 }), 1000)).not.toHaveProperty('expiresAt')
    const without = { ...record, expiresAt: null }
    expect(changesFrom(without, service, identity({ expiresIn: 60 }), 1000)).toMatchObject({ expiresAt: 61_000 })
  })

  it('needs attention where the API refuses the new tokens', () => {
    const refusal = { kind: 'not_found' as const, message: 'No.' }
    const refused = changesFrom(connection('Plane'), service, identity({ status: 401, refusal }), 5)
    expect(refused.status).toEqual({ kind: 'needs_attention', since: 5, failure: refusal })
    expect(changesFrom(connection('Plane'), service, identity({ status: null }), 5)).not.toHaveProperty('lastUsedAt')
  })
})
