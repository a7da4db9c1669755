// Flows that get no token, none that can be kept, or no answer of the API, by faults that the practice services make on purpose:
// each with the diagnosis that comes first.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Diagnosis } from '../../contract/flow/diagnosis.ts'
import type { FlowKind } from '../../contract/flow/flow.ts'
import type { ProcedureInput } from '../../contract/procedures.ts'
import { memoryPorts } from '../support/memory-ports.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { openTestServer, type TestAnswer, type TestServer } from '../support/test-server.ts'
import { openWire, type Wire } from '../support/wire.ts'

let grantdesk: TestApp
let wire: Wire
/** Whether the API gets a token that it never knew, in place of the connection's. */
let isForgotten: boolean

const forgetting: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers)
  if (!isForgotten || !headers.has('authorization')) return wire.fetch(input, init)
  headers.set('authorization', 'Bearer never-known-0123456789')
  return wire.fetch(input, { ...init, headers })
}

beforeEach(async () => {
  wire = openWire()
  isForgotten = false
  grantdesk = await openTestApp(memoryPorts({ fetch: forgetting }))
  // The practice services' clock: another one would be told of.
  grantdesk.ports.time.now = Date.now()
})
afterEach(() => grantdesk.close())

async function serviceOf(serviceId: string) {
  const practice = await grantdesk.call('practice.start', {})
  const service = practice.state === 'running' && practice.services.find((one) => one.serviceId === serviceId)
  if (!service) throw new Error(`practice has no ${serviceId}`)
  return service
}

async function turn(serviceId: string, ids: string[], isOn = true): Promise<void> {
  const { quirksUrl } = await serviceOf(serviceId)
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify(Object.fromEntries(ids.map((id) => [id, isOn])))
  expect((await fetch(`${quirksUrl}.json`, { method: 'POST', headers, body })).status).toBe(200)
}

/** What is said of the last flow of this kind; it never has two causes. */
async function diagnosed(kind: FlowKind): Promise<Diagnosis[]> {
  const { flows } = await grantdesk.call('flows.list', {})
  const id = flows.find((flow) => flow.kind === kind)?.id ?? ''
  const found = await grantdesk.call('flows.diagnose', { id })
  expect(found.filter(({ weight }) => weight === 'cause').length).toBeLessThanOrEqual(1)
  return found
}
const rulesOf = async (kind: FlowKind) => (await diagnosed(kind)).map(({ rule }) => rule)

const send = (connectionId: string, path: string, more: Partial<ProcedureInput<'requests.send'>> = {}) =>
  grantdesk.call('requests.send', { key: 'one', connectionId, method: 'GET', path, ...more })
const refuses = (work: Promise<unknown>) => expect(work).rejects.toThrow()

/** Takes away at the service what was granted there. */
async function withdrawAtPlanio(): Promise<void> {
  const { baseUrl } = await clientOf('planio')
  const page = `${baseUrl}/oauth/authorized_applications`
  const grants = [...(await (await fetch(page)).text()).matchAll(/name="grant" value="([^"]+)"/g)]
  for (const [, grant = ''] of grants) {
    await fetch(page, { method: 'POST', body: new URLSearchParams({ grant }), redirect: 'manual' })
  }
  expect(grants.length).toBeGreaterThan(0)
}

async function clientOf(serviceId: string) {
  const { clientId } = await serviceOf(serviceId)
  const client = (await grantdesk.call('app.snapshot', {})).clients.find(({ id }) => id === clientId)
  if (!client) throw new Error(`no client of ${serviceId}`)
  return client
}

describe('a connect', () => {
  it.each([
    ['planio', ['token-endpoint-404'], 'token-endpoint-not-found'],
    ['planio', ['server-errors'], 'token-endpoint-trouble'],
  ])('at %s with %j', async (serviceId, quirks, rule) => {
    await turn(serviceId, quirks)
    expect(await grantdesk.connect(serviceId)).toMatchObject({ state: 'failed' })
    expect(await rulesOf('connect')).toEqual([rule])
  })

  it('at an edition without OAuth offers the grant that works there', async () => {
    await turn('plane', ['community-edition'])
    const client = { id: (await serviceOf('plane')).clientId }
    const { id } = await grantdesk.call('connect.start', {
      client,
      grantId: 'user_token',
      scopes: [],
      openBrowser: false,
    })
    await grantdesk.settled(id)
    const [found] = await diagnosed('connect')
    expect(found?.rule).toBe('oauth-not-offered')
    expect(found?.actions[0]).toMatchObject({ action: 'reconnect', changes: { grantId: 'api_key' } })
  })

  it.each([[[]], [['own-error-codes']]])('with a scope that the service does not know, %j', async (quirks) => {
    await turn('planio', quirks)
    await grantdesk.connect('planio', { scopes: ['view_project', 'view_everything'] })
    const [found] = await diagnosed('connect')
    expect(found?.rule).toBe('scope-refused')
    expect(found?.actions[0]).toMatchObject({ action: 'reconnect', changes: { scopes: ['view_project'] } })
  })

  it.each([
    ['fewer-scopes', ['scopes-fewer']],
    ['no-refresh-token', ['no-refresh-token']],
    ['no-scope', []],
    ['lower-case-bearer', []],
    ['long-tokens', []],
  ])('that succeeds with %s', async (quirk, rules) => {
    await turn('planio', [quirk])
    await grantdesk.connected('planio', { scopes: ['view_project', 'view_issues'] })
    expect(await rulesOf('connect')).toEqual(rules)
  })

  it('of somebody else in place of the account before', async () => {
    const { id } = await grantdesk.connected('planio', { account: 'ada' })
    await grantdesk.connect('planio', { account: 'alice', reconnect: id })
    expect(await rulesOf('connect')).toEqual(['another-account'])
  })
})

describe('a refresh', () => {
  it.each([
    [[], 'refresh-token-refused'],
    [['refresh-refused-401'], 'refresh-token-refused'],
    [['refresh-refused-empty'], 'refresh-token-refused'],
    [['refresh-refused-500'], 'token-endpoint-trouble'],
  ])('after the access was withdrawn at the service, with %j', async (quirks, rule) => {
    await turn('planio', quirks)
    const { id } = await grantdesk.connected('planio')
    await withdrawAtPlanio()
    await refuses(grantdesk.call('connections.refresh', { id }))
    expect(await rulesOf('refresh')).toEqual([rule])
  })

  it('after one that was rotated, and its access withdrawn', async () => {
    await turn('planio', ['refresh-rotates'])
    const { id } = await grantdesk.connected('planio')
    await grantdesk.call('connections.refresh', { id })
    await send(id, '/users/current.json')
    await withdrawAtPlanio()
    await refuses(grantdesk.call('connections.refresh', { id }))
    expect(await rulesOf('refresh')).toEqual(['refresh-token-rotated'])
  })

  it('with a refresh token that was replaced by an answer which never came', async () => {
    await turn('planio', ['refresh-rotates'])
    const { id } = await grantdesk.connected('planio')
    await grantdesk.call('connections.refresh', { id })
    await send(id, '/users/current.json')
    wire.loseNextAnswer()
    await refuses(grantdesk.call('connections.refresh', { id }))
    const [found] = await diagnosed('refresh')
    expect([found?.rule, found?.weight]).toEqual(['refresh-interrupted', 'cause'])
  })

  it('of tokens that were revoked from here', async () => {
    await turn('planio', ['revocation-refresh-only'])
    const { id } = await grantdesk.connected('planio')
    await grantdesk.call('connections.revoke', { id })
    expect(await rulesOf('revoke')).toEqual(['revoked-still-works'])
    await refuses(grantdesk.call('connections.refresh', { id }))
    expect(await rulesOf('refresh')).toEqual(['refresh-after-revocation'])
  })

  it('when nothing listens there any more', async () => {
    const { id } = await grantdesk.connected('planio')
    await grantdesk.call('practice.stop', {})
    await refuses(grantdesk.call('connections.refresh', { id }))
    expect(await rulesOf('refresh')).toEqual(['connection-refused'])
  })
})

describe('a request', () => {
  const planio = ['planio', '/issues.json'] as const
  it.each([
    [...planio, ['api-429'], 'rate-limited'],
    [...planio, ['api-404'], 'api-not-found'],
    [...planio, ['server-errors'], 'api-trouble'],
    [...planio, ['rest-api-off'], 'api-forbidden'],
    ['plane', '/api/v2/users/me/', ['payment-required'], 'api-payment-required'],
    ['plane', '/api/v1/workspaces/nobodys-workspace/projects/', [], 'api-other-workspace'],
  ] as const)('to %s at %s with %j', async (serviceId, path, quirks, rule) => {
    const { id } = await grantdesk.connected(serviceId)
    await turn(serviceId, [...quirks])
    expect((await send(id, path)).status).toBeGreaterThanOrEqual(400)
    expect(await rulesOf('request')).toEqual([rule])
  })

  it.each([
    [[], 'api-token-revoked'],
    [['dead-token-403'], 'api-forbidden'],
  ])('with a token that was withdrawn, with %j', async (quirks, rule) => {
    await turn('planio', quirks)
    const { id } = await grantdesk.connected('planio')
    await withdrawAtPlanio()
    await send(id, '/users/current.json')
    expect(await rulesOf('request')).toEqual([rule])
  })

  it('for which the token lacks the scope that the service’s description names', async () => {
    await turn('planio', ['fewer-scopes'])
    const { id } = await grantdesk.connected('planio', { scopes: ['view_project', 'view_issues'] })
    await send(id, '/issues.json?limit=1')
    const [found] = await diagnosed('request')
    expect(found?.rule).toBe('api-scope-described')
    expect(found?.actions).toEqual([{ action: 'step_up', connectionId: id, scopes: ['view_issues'] }])
  })

  it('with a token that is unknown, to a service that answers anybody', async () => {
    const { id } = await grantdesk.connected('planio')
    // What the API said of the token is remembered for a minute.
    grantdesk.ports.time.now += 120_000
    isForgotten = true
    expect((await send(id, '/projects.json')).status).toBe(200)
    expect((await rulesOf('request'))[0]).toBe('api-anonymous')
    expect((await send(id, '/users/current.json')).status).toBe(401)
    expect((await rulesOf('request'))[0]).toBe('api-token-revoked')
  })

  it('with a key that counts before the token', async () => {
    const { id } = await grantdesk.connected('planio')
    await send(id, '/users/current.json', { headers: [['X-Redmine-API-Key', 'no-such-key-0123456789']] })
    expect(await rulesOf('request')).toEqual(['api-token-not-sent'])
  })

  it('without the header that names the account', async () => {
    await turn('plannr', ['account-header-required'])
    const { id } = await grantdesk.connected('plannr', { account: 'ada' })
    await send(id, '/api/v1/account')
    const [found] = await diagnosed('request')
    expect(found?.rule).toBe('workspace-not-chosen')
    expect(found?.actions).toEqual([{ action: 'choose_workspace', connectionId: id }])
  })
})

describe('a server of its own kind', () => {
  let server: TestServer
  let answer: TestAnswer
  beforeEach(async () => {
    server = await openTestServer(({ path }) => (path === '/token' ? answer : { status: 404 }))
  })
  afterEach(() => server.close())

  async function withPassword(): Promise<void> {
    const base = { default: server.baseUrl, example: '' }
    const description = {
      ...{ schema: 2, id: 'odd', name: 'Odd', base, scopes: {}, registration: { steps: 'Ask.' } },
      endpoints: { authorization: '{base}/authorize', token: '{base}/token' },
      clientAuthentication: { allowed: ['body'], default: 'body' },
      redirect: { anyPort: 'yes' },
      grants: [{ id: 'password', type: 'password', name: 'Password', refresh: false }],
    }
    await grantdesk.call('services.import', { text: JSON.stringify(description) })
    const client = {
      ...{ serviceId: 'odd', baseUrl: server.baseUrl, clientId: 'app', clientSecret: 'app-s3cret-0123456789' },
      ...{ clientAuthentication: 'body' as const, redirect: { mode: 'ephemeral' as const } },
    }
    const login = { username: 'ada', password: 'pw-0123456789' }
    const { id } = await grantdesk.call('connect.start', { client, grantId: 'password', scopes: [], ...login })
    await grantdesk.settled(id)
  }

  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  const html = { 'content-type': 'text/html' }
  it.each<[what: string, TestAnswer, rule: string | undefined]>([
    ['a login page', { headers: html, json: '<html>' }, 'token-endpoint-html'],
    ['a redirect to a slash', { status: 307, headers: { location: '/token/' } }, 'endpoint-redirects'],
    ['a redirect elsewhere', { status: 302, headers: { location: 'https://login.example/' } }, 'endpoint-redirects'],
    ['a captive portal', { status: 511, headers: html }, 'captive-portal'],
    ['405', { status: 405, headers: { allow: 'GET' } }, 'token-endpoint-wrong-method'],
    ['415', { status: 415 }, 'token-request-encoding'],
    [
      'a parameter that it misses',
      { status: 400, json: { message: 'grant_type is required' } },
      'token-request-encoding',
    ],
    ['nothing', {}, 'token-answer-empty'],
    ['a token elsewhere', { json: { data: { access_token: 'at-0123456789' } } }, 'token-answer-elsewhere'],
    ['no token', { json: { user: 'ada' } }, 'token-answer-without-token'],
    ['DPoP', { json: { access_token: 'at-0123456789', token_type: 'DPoP' } }, 'token-type-unsendable'],
    ['429', { status: 429, headers: { 'retry-after': '3600' } }, 'rate-limited'],
    ['a good token', { json: { access_token: 'at-0123456789', token_type: 'Bearer' } }, undefined],
  ])('%s', async (_what, said, rule) => {
    answer = said
    await withPassword()
    expect((await rulesOf('connect'))[0]).toBe(rule)
  })

  it('a form', async () => {
    server.close()
    const { createServer } = await import('node:http')
    const plain = createServer((_request, response) => {
      response.writeHead(200, form).end('access_token=at-0123456789&token_type=bearer&scope=repo')
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => plain.once('listening', resolve))
    const address = plain.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    server = { ...server, baseUrl: `http://127.0.0.1:${address.port}`, close: () => void plain.close() }
    await withPassword()
    expect(await rulesOf('connect')).toEqual(['token-answer-form'])
  })

  it('metadata of somebody else, or none', async () => {
    await refuses(grantdesk.call('services.discover', { url: server.baseUrl }))
    expect(await rulesOf('discover')).toEqual(['discovery-no-metadata'])
  })
})
