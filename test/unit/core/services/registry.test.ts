import { beforeEach, describe, expect, it } from 'vitest'
import { serviceSchema } from '../../../../contract/service.ts'
import type { Records } from '../../../../core/records.ts'
import { catalogue, presets } from '../../../../core/services/catalogue.ts'
import { parseDescription } from '../../../../core/services/description.ts'
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

const importing = (value: object, replace = false) => registry.import({ text: JSON.stringify(value), replace })
const editing = (value: object) => registry.import({ text: JSON.stringify(value), edited: true })

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
  expect(catalogue().map(({ id }) => id)).toEqual(['plane', 'planio', 'plannr', 'agile-planner', 'birdview'])
})

it.each([...catalogue(), ...presets()])('$name names every field it marks as unverified', (service) => {
  for (const path of service.unverified) {
    const found = path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown>)?.[key], service)
    expect(found, path).toBeDefined()
  }
})

describe('importing a service', () => {
  it('keeps it over a restart', async () => {
    await importing(description)
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
    await expect(registry.import({ text: wrong, replace: false })).rejects.toThrow(/endpoints\.authorization/)
    await expect(registry.import({ text: '{', replace: false })).rejects.toThrow(/not JSON/)
  })

  it('never replaces a built-in service unasked, and gives it back', async () => {
    await expect(importing({ ...description, id: 'plane' })).rejects.toThrow(/built-in/)
    expect((await importing({ ...description, id: 'plane' }, true)).origin).toBe('adjusted')
    expect(registry.find('plane').name).toBe('Git Forge')
    expect(registry.list().filter(({ id }) => id === 'plane')).toHaveLength(1)
    hasClients = true
    await expect(registry.remove('plane')).rejects.toThrow(/sent elsewhere/)
    hasClients = false
    await registry.remove('plane')
    expect(registry.find('plane').name).toBe('Plane')
  })

  it('leaves a built-in service built in where the file says the same', async () => {
    const { text } = registry.export('plane')
    expect((await registry.import({ text })).origin).toBe('built_in')
    expect(await records.list('service')).toEqual([])
  })

  it('never replaces another of the person’s own unasked, and takes the same one twice', async () => {
    await importing(description)
    await expect(importing({ ...description, name: 'Another forge' })).rejects.toThrow(/of yours already \(Git Forge\)/)
    expect(registry.find('gitforge').name).toBe('Git Forge')
    expect((await importing({ ...description, $schema: './elsewhere.json' })).name).toBe('Git Forge')
    expect((await importing({ ...description, name: 'Another forge' }, true)).name).toBe('Another forge')
  })

  it('sends the secrets of stored clients nowhere else', async () => {
    await importing(description)
    hasClients = true
    const moved = { ...description, endpoints: { ...description.endpoints, token: 'https://evil.example/token' } }
    for (const operation of [importing, editing]) {
      await expect(operation(moved)).rejects.toThrow(/forge\.example\/token → https:\/\/evil\.example/)
    }
    expect(registry.find('gitforge').endpoints.token).toBe('{base}/token')
    expect((await editing({ ...description, name: 'Forge' })).name).toBe('Forge')
    hasClients = false
    expect((await editing(moved)).endpoints.token).toBe('https://evil.example/token')
  })

  it('sends stored tokens to no further origin unasked', async () => {
    await importing(description)
    hasClients = true
    const further = { ...description, api: { origins: ['{base}', 'https://api.example'] } }
    for (const operation of [importing, editing]) {
      await expect(operation(further)).rejects.toThrow(/API: none → https:\/\/forge\.example https:\/\/api\.example/)
    }
    expect((await importing(further, true)).api?.origins).toEqual(['{base}', 'https://api.example'])
  })

  it('moves no endpoint of a service in use unasked', async () => {
    await importing(description)
    hasClients = true
    const { origins: _, ...addresses } = serviceSchema.unwrap().shape.endpoints.shape
    for (const name of Object.keys(addresses)) {
      const moved = { ...description, endpoints: { ...description.endpoints, [name]: 'https://evil.example/x' } }
      await expect(editing(moved)).rejects.toThrow(`${name}: `)
    }
    expect(registry.find('gitforge').endpoints).toEqual(description.endpoints)
  })

  it('lets no other value of an answer say where the API is unasked', async () => {
    const named = { ...description, schema: 2, api: { origins: ['https://{dc}.example'] } }
    await importing({ ...named, tokenResponse: { keep: ['dc', 'realm'] } })
    hasClients = true
    await expect(editing({ ...named, tokenResponse: { keep: { dc: ['other'] } } })).rejects.toThrow(
      /API: https:\/\/\{dc\}\.example → https:\/\/\{dc\}\.example \(\{dc\}: other\)/,
    )
    const without = await editing({ ...named, tokenResponse: { keep: { dc: ['dc'], company: ['realm'] } } })
    expect(without.tokenResponse?.keep).toEqual({ dc: ['dc'], company: ['realm'] })
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
    { issuer: { url: 'http://forge.example' } },
    { identity: [{ path: 'https://evil.example/me' }] },
    { identity: [{ path: 'https://evil.example/me' }], api: { origins: ['https://api.example'] } },
    { identity: [{ path: '{base}/me' }], api: { origins: ['https://api.example'] } },
    { api: { origins: [] } },
    { api: { origins: ['http://api.example'] } },
    { api: { origins: ['https://api.example/v1'] } },
    { api: { origins: ['https://ada@api.example'] } },
    { api: { origins: ['https://{slug}.example'] } },
    { api: { origins: ['{base}.evil.example'] } },
    { requestHeaders: { Authorization: 'Bearer x' } },
    { requestHeaders: { Cookie: 'x' } },
    { availability: { absentStatus: [404], words: '', instead: 'none' } },
    { grants: [{ id: 'd', type: 'device_code', name: 'Device' }] },
    { grants: [{ id: 'c', type: 'authorization_code', name: 'C', authorizationParameters: { redirect_uri: 'x' } }] },
    { grants: [{ id: 'c', type: 'static_token', name: 'C', page: 'javascript:alert(1)' }] },
    { registration: { steps: 'x'.repeat(30_000) } },
    { name: '\u001b[2Jx' },
    { name: 'x\u202ey' },
    { grants: [...description.grants, { id: 'code', type: 'client_credentials', name: 'Twice' }] },
  ])('refuses %j', async (wrong) => {
    await expect(importing({ ...description, ...wrong })).rejects.toThrow(/does not fit/)
  })

  it('takes addresses on this machine and templates of the base', async () => {
    const here = {
      ...description,
      ...token('http://127.0.0.1:8080/t'),
      grantsPage: '{base}',
      documentation: 'https://d.example',
    }
    expect((await importing(here)).grantsPage).toBe('{base}')
  })
})

describe('exporting a service', () => {
  it('names the schema first, so that an editor checks the file, and keeps where the person’s own lies', async () => {
    await importing({ ...description, $schema: '../schemas/service.json' })
    expect(JSON.parse(registry.export('gitforge').text).$schema).toBe('../schemas/service.json')
    expect(Object.entries(JSON.parse(registry.export('plane').text))[0]).toEqual([
      '$schema',
      './service-description.v2.schema.json',
    ])
  })

  it.each([...catalogue(), ...presets()])('$name gives a description that reads as the same', (service) => {
    const { text, fileName } = registry.export(service.id)
    expect(fileName).toBe(`grantdesk-${service.id}.json`)
    expect(parseDescription(text)).toEqual({ ...service, $schema: './service-description.v2.schema.json' })
    expect(text.length).toBeLessThan(JSON.stringify(service, null, 2).length)
  })
})

it('reads a description of version 1, whose one workspace was a path into the whole answer', () => {
  const workspace = { path: '/w', workspaceId: ['0.detail.id', '0.id'], workspaceName: ['0.name'] }
  const { schema, workspaces } = parseDescription(JSON.stringify({ ...description, workspace }))
  expect(schema).toBe(2)
  expect(workspaces).toMatchObject([
    { path: '/w', items: '', workspaceId: ['detail.id', 'id'], workspaceName: ['name'] },
  ])
  const inList = { ...workspace, workspaceId: ['data.0.account.uuid'], workspaceName: ['data.0.account.name'] }
  const [probe] = parseDescription(JSON.stringify({ ...description, workspace: inList })).workspaces
  expect(probe).toMatchObject({ items: 'data', workspaceId: ['account.uuid'], workspaceName: ['account.name'] })
})
