// Every way in but the usual one, at the application's door: practice services where they know it, and a small server
// that writes down what it is asked where they do not.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Attempt } from '../../contract/attempt.ts'
import { eventTitle } from '../../contract/flow/words.ts'
import type { ProcedureInput } from '../../contract/procedures.ts'
import { openTestApp, Refused, type TestApp } from '../support/test-app.ts'
import { openTestServer, type TestServer } from '../support/test-server.ts'
import { visit } from './practice-browser.ts'

let grantdesk: TestApp
let server: TestServer | null = null

beforeEach(async () => {
  grantdesk = await openTestApp()
})

afterEach(async () => {
  server?.close()
  server = null
  await grantdesk.close()
})

async function serve(answer: Parameters<typeof openTestServer>[0]): Promise<TestServer> {
  server = await openTestServer(answer)
  return server
}

async function practice(serviceId: string) {
  const status = await grantdesk.call('practice.start', {})
  const found = status.state === 'running' ? status.services.find((one) => one.serviceId === serviceId) : undefined
  if (!found) throw new Error(`practice has no ${serviceId}`)
  return found
}

async function start(input: Partial<ProcedureInput<'connect.start'>> & { grantId: string }): Promise<Attempt> {
  return grantdesk.call('connect.start', { scopes: [], openBrowser: false, ...input })
}

async function connectionOf(attempt: Attempt) {
  const settled = await grantdesk.settled(attempt.id)
  if (settled.state !== 'done') throw new Error(JSON.stringify(settled))
  const { connections } = await grantdesk.call('app.snapshot', {})
  const found = connections.find(({ id }) => id === settled.connectionId)
  if (!found) throw new Error('the connection is not listed')
  return found
}

const newClient = (serviceId: string, baseUrl: string) => ({
  serviceId,
  baseUrl,
  clientId: 'app',
  clientSecret: 'app-s3cret-0123456789',
  clientAuthentication: 'body' as const,
  redirect: { mode: 'ephemeral' as const },
})

/** Nothing that crossed the door, and nothing on disk, holds it. */
function expectNowhere(secret: string) {
  expect(grantdesk.crossed.join('\n')).not.toContain(secret)
  expect(JSON.stringify(grantdesk.ports)).not.toContain(secret)
}

describe('a key or token that the service made', () => {
  const key = 'plane_api_practice_ada_0123456789abcdef'

  it('is sent in its own header, names the account, and is not refreshable', async () => {
    const { baseUrl } = await practice('plane')
    const attempt = await start({ grantId: 'api_key', place: { serviceId: 'plane', baseUrl }, token: { value: key } })
    const connection = await connectionOf(attempt)
    expect(connection).toMatchObject({
      clientId: null,
      grantType: 'static_token',
      refreshable: false,
      expiresAt: null,
      bearer: { header: 'X-Api-Key', prefix: '' },
      account: { name: 'ada' },
    })
    const { status } = await grantdesk.call('requests.send', {
      key: 'k',
      connectionId: connection.id,
      method: 'GET',
      path: '/api/v1/users/me/',
    })
    expect(status).toBe(200)
    expectNowhere(key)
  })

  it('is not kept when the service refuses it', async () => {
    const { baseUrl } = await practice('plane')
    const place = { serviceId: 'plane', baseUrl }
    const attempt = await start({ grantId: 'api_key', place, token: { value: 'plane_api_wrong_0123456789' } })
    expect(await grantdesk.settled(attempt.id)).toMatchObject({
      state: 'failed',
      failure: { kind: 'refused', by: 'api' },
    })
    expect((await grantdesk.call('app.snapshot', {})).connections).toEqual([])
  })

  it('ends after the year that the service says, and is recalled in its last month', async () => {
    const plannr = await serve(() => ({ json: { data: { uuid: 'u', name: 'Ada' } } }))
    const place = { serviceId: 'plannr', baseUrl: plannr.baseUrl }
    const attempt = await start({ grantId: 'personal_access_token', place, token: { value: 'pat-0123456789' } })
    const { expiresAt } = await connectionOf(attempt)
    expect(expiresAt).toBe(grantdesk.ports.time.now + 365 * 86_400_000)
    expect(plannr.all[0]?.headers.authorization).toBe('Bearer pat-0123456789')
  })

  it('can be given another header, and an end of its own', async () => {
    const seen = await serve(() => ({ json: {} }))
    const ends = grantdesk.ports.time.now + 7 * 86_400_000
    const place = { serviceId: 'agile-planner', baseUrl: seen.baseUrl }
    await grantdesk.call('services.import', { text: JSON.stringify(withKey), replace: true })
    const bearer = { header: 'X-Mine', prefix: 'Key ' }
    const token = { value: 'k-0123456789', bearer, expiresAt: ends }
    const attempt = await start({ grantId: 'key', place, token, testPath: '/me' })
    expect(await connectionOf(attempt)).toMatchObject({ expiresAt: ends, testPath: '/me' })
    expect(seen.to('/me')[0]?.headers['x-mine']).toBe('Key k-0123456789')
  })

  it.each(['two\nlines', 'tab\there'])('is no token: %j', async (value) => {
    const { baseUrl } = await practice('plane')
    const place = { serviceId: 'plane', baseUrl }
    const starting = start({ grantId: 'api_key', place, token: { value } })
    await expect(starting).rejects.toMatchObject({ failure: { kind: 'invalid_input' } })
  })
})

const withKey = {
  schema: 2,
  id: 'agile-planner',
  name: 'Agile Planner',
  base: { default: 'https://www.agileplannerapp.com', example: '' },
  endpoints: { authorization: '{base}/oauth/authorize', token: '{base}/oauth/token' },
  registration: { steps: '' },
  clientAuthentication: { allowed: ['body'], default: 'body' },
  redirect: { anyPort: 'unknown' },
  grants: [{ id: 'key', type: 'static_token', name: 'Key' }],
  scopes: {},
}

it('a Community edition is recognised before the browser opens, and the API key is offered', async () => {
  const { baseUrl } = await serve(() => ({ status: 404 }))
  const attempt = await start({ grantId: 'user_token', client: newClient('plane', baseUrl), openBrowser: true })
  expect(await grantdesk.settled(attempt.id)).toMatchObject({
    failure: { kind: 'not_supported', insteadGrant: { id: 'api_key', name: 'API key' } },
  })
  expect(grantdesk.ports.opened).toEqual([])
})

describe('a bot token of Plane', () => {
  async function installed() {
    const { clientId } = await practice('plane')
    const attempt = await start({ grantId: 'bot_token', client: { id: clientId }, scopes: ['read'] })
    if (attempt.state !== 'awaiting_redirect') throw new Error(attempt.state)
    const { redirect } = await visit(attempt.authorizationUrl)
    await (await fetch(redirect ?? '')).text()
    return connectionOf(attempt)
  }

  it('comes by client credentials after the installation, which names the workspace and the bot', async () => {
    const connection = await installed()
    expect(connection).toMatchObject({ grantType: 'client_credentials', refreshable: true })
    expect(connection.workspace).toMatchObject({
      name: 'Practice One',
      slug: 'practice-one',
      detail: 'bot b07b07b0-0001-4b1e-9f6a-77aa88bb9901 · status installed',
    })
  })

  it('that was refused for the client’s sake is asked for again with the installation in hand', async () => {
    const { clientId } = await practice('plane')
    const stored = (await grantdesk.call('app.snapshot', {})).clients.find(({ id }) => id === clientId)
    if (!stored) throw new Error('the practice client is gone')
    const wrong = { ...stored, clientSecret: 'not-the-secret-0123456789' }
    const attempt = await start({ grantId: 'bot_token', client: wrong, scopes: ['read'] })
    if (attempt.state !== 'awaiting_redirect') throw new Error(attempt.state)
    const { redirect } = await visit(attempt.authorizationUrl)
    await (await fetch(redirect ?? '')).text()
    const failed = await grantdesk.settled(attempt.id)
    expect(failed).toMatchObject({ failure: { error: 'invalid_client', tryAuthentication: ['basic', 'body'] } })
    if (failed.state !== 'failed' || !failed.installation) throw new Error('the installation is lost')
    const again = { grantId: 'bot_token', client: { id: clientId }, installation: failed.installation }
    const done = await start({ ...again, openBrowser: true })
    expect(done).not.toHaveProperty('authorizationUrl')
    expect((await connectionOf(done)).workspace).toMatchObject({ slug: 'practice-one' })
    expect(grantdesk.ports.opened).toEqual([])
  })

  it('of an installation that the service does not know is not tried there again', async () => {
    const { clientId } = await practice('plane')
    const gone = '00000000-0000-4000-8000-000000000000'
    const attempt = await start({ grantId: 'bot_token', client: { id: clientId }, installation: gone })
    const failed = await grantdesk.settled(attempt.id)
    expect(failed).toMatchObject({ failure: { remedy: expect.stringContaining('installation may be gone') } })
    expect(failed).not.toHaveProperty('installation')
  })

  it('is asked for again with the same installation', async () => {
    const { id } = await installed()
    const { accessToken: before } = await grantdesk.call('connections.token', { id })
    await grantdesk.call('connections.refresh', { id })
    const { accessToken: after } = await grantdesk.call('connections.token', { id })
    expect(after).not.toBe(before)
    expect(after).toMatch(/^pln_bot_/)
  })
})

it('Planio shows the code out of band, and the pasted one connects', async () => {
  const { baseUrl, clientId } = await practice('planio')
  const { clients } = await grantdesk.call('app.snapshot', {})
  const stored = clients.find(({ id }) => id === clientId)
  const client = { id: clientId, serviceId: 'planio', baseUrl, clientId: stored?.clientId ?? '' }
  const attempt = await start({
    grantId: 'authorization_code',
    client: { ...client, clientAuthentication: 'body', redirect: { mode: 'out_of_band' } },
    scopes: ['view_project'],
  })
  if (attempt.state !== 'awaiting_code') throw new Error(attempt.state)
  const url = new URL(attempt.authorizationUrl)
  expect(url.searchParams.get('redirect_uri')).toBe('urn:ietf:wg:oauth:2.0:oob')
  await expect(grantdesk.call('connect.answer', { id: attempt.id, text: 'not a code' })).rejects.toBeInstanceOf(Refused)
  const { redirect } = await visit(attempt.authorizationUrl)
  await grantdesk.call('connect.answer', { id: attempt.id, text: redirect?.searchParams.get('code') ?? '' })
  expect(await connectionOf(attempt)).toMatchObject({ grantType: 'authorization_code' })
})

it('a code out of band for one attempt leaves the client’s own redirect as it was', async () => {
  const { clientId } = await practice('planio')
  const client = { id: clientId }
  const redirect = { mode: 'out_of_band' as const }
  const attempt = await start({ grantId: 'authorization_code', client, redirect, scopes: ['view_project'] })
  if (attempt.state !== 'awaiting_code') throw new Error(attempt.state)
  expect(attempt.redirectUri).toBe('urn:ietf:wg:oauth:2.0:oob')
  const { redirect: shown } = await visit(attempt.authorizationUrl)
  await grantdesk.call('connect.answer', { id: attempt.id, text: shown?.searchParams.get('code') ?? '' })
  await connectionOf(attempt)
  const { clients } = await grantdesk.call('app.snapshot', {})
  expect(clients.find(({ id }) => id === clientId)?.redirect).not.toEqual(redirect)
  expect(await start({ grantId: 'authorization_code', client })).toMatchObject({ state: 'awaiting_redirect' })
})

describe('client credentials of Birdview', () => {
  it('act as the user that was named, at the first request and at each refresh', async () => {
    const birdview = await serve(({ path }) =>
      path === '/OAuth2/Token'
        ? { json: { access_token: 'at-0123456789', token_type: 'bearer' } }
        : { json: { id: 7, name: 'Ada' } },
    )
    const client = newClient('birdview', birdview.baseUrl)
    const connection = await connectionOf(
      await start({ grantId: 'client_credentials', client, answers: { user: '7' } }),
    )
    expect(connection).toMatchObject({ actsAs: 'user 7', refreshable: true })
    await grantdesk.call('connections.refresh', { id: connection.id })
    const scopes = birdview.to('/OAuth2/Token').map(({ form }) => [form.get('grant_type'), form.get('scope')])
    expect(scopes).toEqual(Array(2).fill(['client_credentials', 'user:7']))
  })

  it('have asked for the scope that the answer became, also where another user is named later', async () => {
    const birdview = await serve(({ path, form }) => {
      if (path !== '/OAuth2/Token') return { status: 404 }
      if (form.get('scope') === 'user:999') return { status: 400, json: { error: 'invalid_scope' } }
      return { json: { access_token: `at-${form.get('scope')}-0123456789`, token_type: 'bearer' } }
    })
    const client = newClient('birdview', birdview.baseUrl)
    const asked = (user: string, more = {}) =>
      start({ grantId: 'client_credentials', client, answers: { user }, ...more })
    const { id, scopes, clientId } = await connectionOf(await asked('7'))
    expect(scopes.requested).toEqual(['user:7'])
    const again = await connectionOf(await asked('8', { reconnect: id, client: { id: clientId } }))
    expect([again.id, again.scopes.requested]).toEqual([id, ['user:8']])
    const refused = await grantdesk.settled((await asked('999')).id)
    expect(refused).toMatchObject({
      failure: { error: 'invalid_scope', remedy: 'Check “User id”, of which user:999 was made.' },
    })
  })

  it('that are not switched on for the client say what to switch on, and where', async () => {
    const birdview = await serve(() => ({ status: 400, json: { error: 'unauthorized_client' } }))
    const client = newClient('birdview', birdview.baseUrl)
    const attempt = await start({ grantId: 'client_credentials', client, answers: { user: '7' } })
    const settled = await grantdesk.settled(attempt.id)
    expect(settled).toMatchObject({
      failure: {
        message: expect.stringContaining('does not let this client use the grant “Client credentials”'),
        remedy: expect.stringContaining('Switch on “Allow client credentials grant authorization”'),
        page: `${birdview.baseUrl}/integrations/oauthclients`,
      },
    })
    expect(JSON.stringify(settled)).not.toContain('tryAuthentication')
  })

  it.each<Record<string, string>>([{}, { user: 'ada' }])('are not asked for with %j', async (answers) => {
    const birdview = await serve(() => ({}))
    const client = newClient('birdview', birdview.baseUrl)
    const starting = start({ grantId: 'client_credentials', client, answers })
    await expect(starting).rejects.toMatchObject({
      failure: { kind: 'invalid_input', issues: [{ path: 'answers.user' }] },
    })
    expect(birdview.all).toEqual([])
    const { clients, flows } = await grantdesk.call('app.snapshot', {})
    expect([clients, flows]).toEqual([[], []])
  })
})

it.each([
  ['resources', { resources: ['no uri'] }],
  ['testPath', { testPath: 'https://evil.example/me' }],
])('what cannot be sent is refused before anything is stored: %s', async (_, wrong) => {
  const client = newClient('birdview', 'http://127.0.0.1:9')
  const starting = start({ grantId: 'client_credentials', client, answers: { user: '7' }, ...wrong })
  await expect(starting).rejects.toMatchObject({ failure: { kind: 'invalid_input' } })
  expect((await grantdesk.call('app.snapshot', {})).connections).toEqual([])
})

describe('a password', () => {
  const password = 'hunter2-correct-horse'

  it('is handed over once and kept nowhere', async () => {
    const birdview = await serve(({ path }) =>
      path === '/OAuth2/Token'
        ? { json: { access_token: 'at-0123456789', refresh_token: 'rt-0123456789' } }
        : { json: {} },
    )
    const client = newClient('birdview', birdview.baseUrl)
    const connection = await connectionOf(await start({ grantId: 'password', client, username: 'ada', password }))
    expect(birdview.to('/OAuth2/Token')[0]?.form.get('password')).toBe(password)
    await grantdesk.call('connections.refresh', { id: connection.id })
    expect(birdview.to('/OAuth2/Token')[1]?.form.get('grant_type')).toBe('refresh_token')
    expectNowhere(password)
  })

  it('that is wrong is refused in the server’s words, even where they quote it', async () => {
    const birdview = await serve(() => ({
      status: 400,
      json: { error: 'invalid_grant', error_description: `wrong password ${password}` },
    }))
    const client = newClient('birdview', birdview.baseUrl)
    const attempt = await start({ grantId: 'password', client, username: 'ada', password })
    expect(await grantdesk.settled(attempt.id)).toMatchObject({
      failure: { kind: 'refused', error: 'invalid_grant', remedy: expect.stringContaining('user name') },
    })
    expectNowhere(password)
  })
})

describe('a device code', () => {
  const forge = { ...withKey, id: 'forge', name: 'Forge' }

  async function begin(answers: { status?: number; json: unknown }[], authorization: object = {}) {
    const as = await serve(({ path }) =>
      path === '/device'
        ? {
            json: {
              device_code: 'dc-secret-0123456789',
              user_code: 'WDJB-MJHT',
              verification_uri: `https://forge.example/enter`,
              expires_in: 60,
              interval: 1,
              ...authorization,
            },
          }
        : (answers.shift() ?? { json: { access_token: 'at-0123456789', token_type: 'Bearer' } }),
    )
    const description = {
      ...forge,
      base: { default: as.baseUrl, example: '' },
      endpoints: {
        authorization: '{base}/authorize',
        token: '{base}/token',
        deviceAuthorization: '{base}/device',
      },
      grants: [{ id: 'device', type: 'device_code', name: 'Device' }],
    }
    await grantdesk.call('services.import', { text: JSON.stringify(description) })
    const attempt = await start({ grantId: 'device', client: newClient('forge', as.baseUrl), scopes: ['a'] })
    return { as, attempt }
  }

  const pending = { status: 400, json: { error: 'authorization_pending' } }

  it('is shown to the person and asked about until they have decided', async () => {
    const { as, attempt } = await begin([pending, pending])
    expect(attempt).toMatchObject({
      state: 'awaiting_device',
      userCode: 'WDJB-MJHT',
      verificationUri: 'https://forge.example/enter',
      interval: 1,
    })
    const connection = await connectionOf(attempt)
    expect(as.to('/token')).toHaveLength(3)
    const flow = await grantdesk.call('flows.get', { id: attempt.flowId })
    const polls = flow.events.filter((event) => eventTitle(event) === 'Has the person decided?')
    expect(polls).toMatchObject([{ attempts: 3, outcome: 'succeeded' }])
    expect(JSON.stringify(flow)).not.toMatch(/WDJB-MJHT|dc-secret/)
    expect(connection.grantType).toBe('device_code')
  })

  it('is asked about more slowly where the server says so', async () => {
    const { as, attempt } = await begin([{ status: 400, json: { error: 'slow_down' } }])
    for (let wait = 0; wait < 80 && as.to('/token').length === 0; wait++) await new Promise((r) => setTimeout(r, 50))
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(grantdesk.attempt(attempt.id)).toMatchObject({ state: 'awaiting_device', interval: 6 })
    await grantdesk.call('connect.cancel', { id: attempt.id })
    expect(await grantdesk.settled(attempt.id)).toMatchObject({ failure: { kind: 'cancelled' } })
  })

  it('ends with the person’s no, and with the end of its life', async () => {
    const denied = await begin([{ status: 400, json: { error: 'access_denied' } }])
    expect(await grantdesk.settled(denied.attempt.id)).toMatchObject({
      failure: { kind: 'refused', error: 'access_denied' },
    })
  })

  it('is not taken where the browser would be sent elsewhere than to https', async () => {
    const { attempt } = await begin([], { verification_uri: 'file:///etc/passwd' })
    expect(await grantdesk.settled(attempt.id)).toMatchObject({ failure: { kind: 'unexpected_answer' } })
  })
})

describe('another account than the connection’s', () => {
  it('replaces it only by the person’s word', async () => {
    const first = await grantdesk.connected('plane', { account: 'ada', name: 'Mine' })
    const other = await grantdesk.connected('plane', {
      account: 'alice',
      reconnect: first.id,
      ifOtherAccount: 'replace',
    })
    expect(other.id).toBe(first.id)
    expect(other).toMatchObject({ name: 'Mine', account: { name: 'alice' } })
    expect((await grantdesk.call('app.snapshot', {})).connections).toHaveLength(1)
  })

  it('is forgotten, and revoked at the service, where the person says so', async () => {
    const first = await grantdesk.connected('plane', { account: 'ada' })
    const attempt = await grantdesk.connect('plane', {
      account: 'alice',
      reconnect: first.id,
      ifOtherAccount: 'discard',
    })
    expect(attempt).toMatchObject({ state: 'done', connectionId: first.id })
    const { connections } = await grantdesk.call('app.snapshot', {})
    expect(connections.map(({ id, account }) => [id, account])).toEqual([[first.id, first.account]])
    const flow = await grantdesk.call('flows.get', { id: attempt.flowId })
    expect(flow.events.map(eventTitle)).toContain('Revoke the access token')
  })

  it('stays in a connection of its own when Grantdesk is locked before the answer', async () => {
    const first = await grantdesk.connected('plane', { account: 'ada' })
    const { clientId } = await practice('plane')
    const client = { id: clientId }
    const attempt = await start({ grantId: 'user_token', client, scopes: ['read'], reconnect: first.id })
    if (attempt.state !== 'awaiting_redirect') throw new Error(attempt.state)
    const { redirect } = await visit(attempt.authorizationUrl, { account: 'alice' })
    await (await fetch(redirect ?? '')).text()
    expect(await grantdesk.settled(attempt.id)).toMatchObject({ state: 'asking_account', heldBy: first.account })
    await grantdesk.call('vault.lock', {})
    await grantdesk.call('vault.retry', {})
    const { connections } = await grantdesk.call('app.snapshot', {})
    expect(connections.map(({ account }) => account?.name).toSorted()).toEqual(['ada', 'alice'])
  })
})

it('a refused client authentication offers the others, and the one that works is kept with the client', async () => {
  const as = await serve(({ headers }) =>
    headers.authorization?.startsWith('Basic ')
      ? { json: { access_token: 'at-0123456789' } }
      : { status: 401, json: { error: 'invalid_client' }, headers: { 'www-authenticate': 'Basic realm="x"' } },
  )
  const client = { ...newClient('forge', as.baseUrl), clientAuthentication: 'body' as const }
  const text = JSON.stringify({
    ...withKey,
    ...{ id: 'forge', name: 'Forge', base: { default: as.baseUrl, example: '' } },
    clientAuthentication: { allowed: ['body', 'basic'], default: 'body' },
    grants: [{ id: 'cc', type: 'client_credentials', name: 'Client credentials' }],
  })
  await grantdesk.call('services.import', { text })
  const refused = await grantdesk.settled((await start({ grantId: 'cc', client })).id)
  if (refused.state !== 'failed' || refused.failure.kind !== 'refused') throw new Error(JSON.stringify(refused))
  expect(refused.failure.tryAuthentication?.[0]).toBe('basic')
  await connectionOf(await start({ grantId: 'cc', client: { ...client, clientAuthentication: 'basic' } }))
  const { clients } = await grantdesk.call('app.snapshot', {})
  expect(clients.map(({ clientAuthentication }) => clientAuthentication)).toEqual(['basic'])
})

it('a new client secret is tried with every connection of the client', async () => {
  let secret = 'app-s3cret-0123456789'
  const as = await serve(({ path, form }) => {
    if (path !== '/OAuth2/Token') return { json: { id: 7, name: 'Ada' } }
    if (form.get('client_secret') !== secret) return { status: 400, json: { error: 'invalid_client' } }
    return { json: { access_token: `at-${Math.random()}` } }
  })
  const client = newClient('birdview', as.baseUrl)
  const first = await connectionOf(await start({ grantId: 'client_credentials', client, answers: { user: '7' } }))
  const id = first.clientId ?? ''
  expect((await grantdesk.call('clients.check', { id })).results).toMatchObject([{ outcome: 'works' }])
  secret = 'another-secret-0123456789'
  expect((await grantdesk.call('clients.check', { id })).results).toMatchObject([
    {
      connectionId: first.id,
      outcome: 'refused',
      clientRefused: true,
      words: expect.stringContaining('the client: invalid_client'),
    },
  ])
  await grantdesk.call('clients.save', { ...client, id, clientSecret: secret })
  expect((await grantdesk.call('clients.check', { id })).results).toMatchObject([{ outcome: 'works' }])
})

describe('several workspaces', () => {
  const accounts = [
    { uuid: 'login-1', account: { uuid: 'w-1', name: 'Firm', type: 'admin' } },
    { uuid: 'login-2', account: { uuid: 'w-2', name: 'Household', type: 'client' } },
  ]

  async function plannr(preferred?: string) {
    const seen = await serve(({ path }) =>
      path === '/api/v1/logins'
        ? { json: { data: accounts, ...(preferred ? { preferred_account_uuid: preferred } : {}) } }
        : { json: { data: { uuid: 'u', name: 'Ada' } } },
    )
    const place = { serviceId: 'plannr', baseUrl: seen.baseUrl }
    const attempt = await start({ grantId: 'personal_access_token', place, token: { value: 'pat-0123456789' } })
    return { seen, connection: await connectionOf(attempt) }
  }

  it('begin with the preferred one, never with a login’s uuid', async () => {
    const { connection } = await plannr('w-2')
    expect(connection.workspace).toMatchObject({ id: 'w-2', name: 'Household' })
    expect(connection.workspaces.map(({ id }) => id)).toEqual(['w-1', 'w-2'])
  })

  it('are the person’s to choose from, and the choice goes with every request', async () => {
    const { seen, connection } = await plannr()
    const { id } = connection
    expect(connection.workspace).toBeNull()
    const send = () =>
      grantdesk.call('requests.send', { key: 'k', connectionId: id, method: 'GET', path: '/api/v1/account' })
    await send()
    expect(seen.to('/api/v1/account').at(-1)?.headers['x-plannr-account-uuid']).toBeUndefined()
    await grantdesk.call('connections.chooseWorkspace', { id, workspaceId: 'w-1' })
    await send()
    expect(seen.to('/api/v1/account').at(-1)?.headers['x-plannr-account-uuid']).toBe('w-1')
    const other = grantdesk.call('connections.chooseWorkspace', { id, workspaceId: 'login-1' })
    await expect(other).rejects.toMatchObject({ failure: { kind: 'not_found' } })
    expect((await grantdesk.call('connections.identify', { id })).workspace?.id).toBe('w-1')
  })
})

it('an answer for nobody is noticed where an unknown token counts as nobody’s', async () => {
  let knows = true
  const planio = await serve(({ path }) => {
    if (path === '/users/current.json') return knows ? { json: { user: { id: 1, login: 'ada' } } } : { status: 401 }
    return { json: { projects: [] } }
  })
  const place = { serviceId: 'planio', baseUrl: planio.baseUrl }
  const { id } = await connectionOf(await start({ grantId: 'api_key', place, token: { value: 'key-0123456789' } }))
  knows = false
  grantdesk.ports.time.now += 10 * 60_000
  const request = { key: 'k', connectionId: id, method: 'GET' as const, path: '/projects.json' }
  const { status, explanation } = await grantdesk.call('requests.send', request)
  expect([status, explanation]).toEqual([200, expect.stringContaining('does not know this token')])
  const { connections } = await grantdesk.call('app.snapshot', {})
  expect(connections[0]?.status).toMatchObject({ kind: 'needs_attention' })
})

it('is noticed within a minute however often is asked, since no public answer counts', async () => {
  let knows = true
  const planio = await serve(({ path }) => {
    if (path === '/users/current.json') return knows ? { json: { user: { id: 1, login: 'ada' } } } : { status: 401 }
    return { json: { projects: [] } }
  })
  const place = { serviceId: 'planio', baseUrl: planio.baseUrl }
  const { id } = await connectionOf(await start({ grantId: 'api_key', place, token: { value: 'key-0123456789' } }))
  const request = { key: 'k', connectionId: id, method: 'GET' as const, path: '/projects.json' }
  const explanations: (string | null)[] = []
  for (let round = 0; round < 4; round++) {
    explanations.push((await grantdesk.call('requests.send', request)).explanation)
    knows = false
    grantdesk.ports.time.now += 30_000
  }
  expect(explanations.map((words) => words?.includes('does not know this token') ?? false)).toEqual([
    ...[false, false, true, true],
  ])
})

it('scopes are kept over time', async () => {
  const first = await grantdesk.connected('plane', { scopes: ['read'], account: 'ada' })
  await grantdesk.connected('plane', { scopes: ['read', 'write'], account: 'ada', reconnect: first.id })
  const { changes } = await grantdesk.call('connections.scopeChanges', { id: first.id })
  expect(changes[0]?.requested).toEqual(['read', 'write'])
  expect(changes.at(-1)).toMatchObject({ cause: 'connect', requested: ['read'] })
})

describe('discovery', () => {
  const metadata = (issuer: string) => ({
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    device_authorization_endpoint: `${issuer}/device`,
    grant_types_supported: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'private_key_jwt'],
    authorization_response_iss_parameter_supported: true,
  })

  it.each(['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration'])(
    'reads %s',
    async (place) => {
      const as = await serve(({ path, headers }) =>
        path === place ? { json: metadata(`http://${headers.host}`) } : { status: 404 },
      )
      const { description, source, notes } = await grantdesk.call('services.discover', { url: as.baseUrl })
      expect(source).toBe(as.baseUrl + place)
      expect(description).toMatchObject({
        endpoints: { token: '{base}/token', deviceAuthorization: '{base}/device' },
        clientAuthentication: { allowed: ['basic', 'basic-raw'], default: 'basic' },
        issuer: { url: as.baseUrl, inRedirect: true },
      })
      expect(notes.join()).toContain('private_key_jwt')
      await grantdesk.call('services.import', { text: JSON.stringify(description) })
    },
  )

  it('takes no metadata in another’s name, and stores nothing', async () => {
    const as = await serve(() => ({ json: metadata('https://other.example') }))
    const discovering = grantdesk.call('services.discover', { url: as.baseUrl })
    await expect(discovering).rejects.toMatchObject({ failure: { message: expect.stringContaining('other.example') } })
  })

  it('follows no redirect to elsewhere', async () => {
    const as = await serve(() => ({ status: 302, headers: { location: 'http://127.0.0.1:1/' } }))
    await expect(grantdesk.call('services.discover', { url: as.baseUrl })).rejects.toBeInstanceOf(Refused)
  })
})
