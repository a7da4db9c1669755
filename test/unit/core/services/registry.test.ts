import { beforeEach, describe, expect, it } from 'vitest'
import type { Records } from '../../../../core/records.ts'
import { catalogue } from '../../../../core/services/catalogue.ts'
import { createServiceRegistry, type ServiceRegistry } from '../../../../core/services/registry.ts'
import { memoryRecords } from '../../../support/memory-records.ts'

const description = {
  schema: 1,
  id: 'gitforge',
  name: 'Git Forge',
  base: { default: 'https://forge.example', example: 'https://forge.example' },
  endpoints: { authorization: '{base}/authorize', token: '{base}/token' },
  registration: { steps: 'Ask.' },
  clientAuthentication: { allowed: ['body'], default: 'body' },
  redirect: { anyPort: 'unknown' },
  grants: [{ id: 'code', type: 'authorization_code', name: 'Code' }],
  scopes: {},
}

let records: Records
let registry: ServiceRegistry
let hasClients = false

beforeEach(() => {
  hasClients = false
  records = memoryRecords()
  registry = createServiceRegistry(
    records,
    () => undefined,
    () => hasClients,
  )
})

it('holds the five services', () => {
  expect(catalogue.map(({ id }) => id)).toEqual(['plane', 'planio', 'plannr', 'agile-planner', 'birdview'])
})

it.each(catalogue)('$name names every field it marks as unverified', (service) => {
  for (const path of service.unverified) {
    const found = path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)?.[key], service)
    expect(found, path).toBeDefined()
  }
})

describe('importing a service', () => {
  it('keeps it over a restart', async () => {
    await registry.import(JSON.stringify(description))
    const again = createServiceRegistry(
      records,
      () => undefined,
      () => hasClients,
    )
    await again.load()
    expect(again.find('gitforge').name).toBe('Git Forge')
    await again.remove('gitforge')
    expect(() => again.find('gitforge')).toThrow(/no service/)
  })

  it('says which field is wrong', async () => {
    const wrong = JSON.stringify({ ...description, endpoints: { token: 7 } })
    await expect(registry.import(wrong)).rejects.toThrow(/endpoints\.authorization/)
    await expect(registry.import('{')).rejects.toThrow(/not JSON/)
  })

  it('never replaces a built-in service', async () => {
    await expect(registry.import(JSON.stringify({ ...description, id: 'plane' }))).rejects.toThrow(/built-in/)
  })

  it('sends the secrets of stored clients nowhere else', async () => {
    await registry.import(JSON.stringify(description))
    hasClients = true
    const moved = { ...description, endpoints: { ...description.endpoints, token: 'https://evil.example/token' } }
    await expect(registry.import(JSON.stringify(moved))).rejects.toThrow(/forge\.example → evil\.example/)
    expect(registry.find('gitforge').endpoints.token).toBe('{base}/token')
    expect((await registry.import(JSON.stringify({ ...description, name: 'Forge' }))).name).toBe('Forge')
    hasClients = false
    expect((await registry.import(JSON.stringify(moved))).endpoints.token).toBe('https://evil.example/token')
  })

  const token = (address: string) => ({ endpoints: { authorization: '{base}/a', token: address } })
  it.each([
    token('file:///etc/passwd'),
    token('data:text/plain,x'),
    token('x'),
    token('http://example.com/t'),
    token('{base}.evil.example/t'),
    token('{base}@evil.example/t'),
    token('{base}:8443/t'),
    token('https://user@evil.example/t'),
    { documentation: 'javascript:alert(1)' },
    { grantsPage: 'javascript:alert(1)' },
    { registration: { page: 'file:///x', steps: '' } },
    { base: { default: 'http://forge.example', example: '' } },
    { bearer: { header: 'Host\r\nX', prefix: '' } },
    { bearer: { header: 'Authorization', prefix: 'x\n    at ' } },
    { name: '\u001b[2Jx' },
    { name: 'x\u202ey' },
    { grants: [...description.grants, { id: 'code', type: 'client_credentials', name: 'Twice' }] },
  ])('refuses %j', async (wrong) => {
    await expect(registry.import(JSON.stringify({ ...description, ...wrong }))).rejects.toThrow(/does not fit/)
  })

  it('takes addresses on this machine and templates of the base', async () => {
    const here = {
      ...description,
      ...token('http://127.0.0.1:8080/t'),
      grantsPage: '{base}',
      documentation: 'https://d.example',
    }
    expect((await registry.import(JSON.stringify(here))).grantsPage).toBe('{base}')
  })
})
