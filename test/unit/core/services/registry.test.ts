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

beforeEach(() => {
  records = memoryRecords()
  registry = createServiceRegistry(records, () => undefined)
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
    const again = createServiceRegistry(records, () => undefined)
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
})
