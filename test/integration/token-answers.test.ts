// Token answers as the world sends them, at the application's door: a service that answers in its own way is described, and a
// connection to it is made, listed and refreshed.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionView } from '../../contract/connection.ts'
import { connectionState } from '../../contract/connection-state.ts'
import { renewalOf } from '../../contract/renewal.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { type Asked, openTestServer, type TestServer } from '../support/test-server.ts'

let grantdesk: TestApp
let server: TestServer
/** What the token endpoint and the refresh endpoint answer, by the number of the request. */
let tokens: (count: number) => unknown
let me: (asked: Asked) => unknown

beforeEach(async () => {
  me = () => ({ id: '1', name: 'Ada' })
  let count = 0
  server = await openTestServer((asked) => {
    if (asked.path === '/me') return { json: me(asked) }
    count += 1
    return { json: tokens(count) }
  })
  grantdesk = await openTestApp()
})
afterEach(async () => {
  await grantdesk.close()
  server.close()
})

async function describeService(more: object): Promise<void> {
  const base = { default: server.baseUrl, example: '' }
  const description = {
    ...{ schema: 2, id: 'odd', name: 'Odd', base, scopes: {}, registration: { steps: 'Ask.' } },
    endpoints: { authorization: '{base}/authorize', token: '{base}/token' },
    clientAuthentication: { allowed: ['body'], default: 'body' },
    redirect: { anyPort: 'yes' },
    grants: [
      { id: 'password', type: 'password', name: 'Password' },
      { id: 'code', type: 'authorization_code', name: 'Code' },
    ],
    identity: [{ path: '/me', accountId: ['id'], accountName: ['name'] }],
    ...more,
  }
  await grantdesk.call('services.import', { text: JSON.stringify(description) })
}

const client = () => ({
  ...{ serviceId: 'odd', baseUrl: server.baseUrl, clientId: 'app', clientSecret: 'app-s3cret-0123456789' },
  ...{ clientAuthentication: 'body' as const, redirect: { mode: 'ephemeral' as const } },
})

async function connect(reconnect?: string): Promise<ConnectionView> {
  const login = { username: 'ada', password: 'pw-0123456789' }
  const asked = { client: client(), grantId: 'password', scopes: ['read', 'write'], ...login, reconnect }
  const settled = await grantdesk.settled((await grantdesk.call('connect.start', asked)).id)
  if (settled.state !== 'done') throw new Error(JSON.stringify(settled))
  return found(settled.connectionId)
}

const all = async () => (await grantdesk.call('app.snapshot', {})).connections

async function found(id: string): Promise<ConnectionView> {
  const connection = (await all()).find((one) => one.id === id)
  if (!connection) throw new Error('the connection is gone')
  return connection
}

async function refreshed({ id }: ConnectionView): Promise<ConnectionView> {
  await grantdesk.call('connections.refresh', { id })
  return found(id)
}

async function revealed({ id }: ConnectionView, what: 'access_token' | 'refresh_token' = 'access_token') {
  const { value } = await grantdesk.call('connections.reveal', { id, what })
  grantdesk.crossed.pop()
  return value
}

describe('a lifetime', () => {
  it('that is told of the token when asked about it may be a date in ms, and none is beyond all calendars', async () => {
    tokens = () => ({ access_token: 'at-0123456789' })
    const now = grantdesk.ports.time.now
    for (const [until, expected] of [
      [now + 60_000, now + 60_000],
      [1e20, Date.UTC(2036, 10, 19, 12)],
    ]) {
      await describeService({ tokenInfo: { path: '/me', scopes: [], expiresIn: ['until'] } })
      me = () => ({ id: '1', name: 'Ada', until })
      expect((await connect()).expiresAt).toBe(expected)
    }
  })

  const hour = 3_600_000

  it.each([
    ['a date in ms', () => ({ expires_in: grantdesk.ports.clock.now() + hour })],
    ['ISO text', () => ({ expires_at: new Date(grantdesk.ports.clock.now() + hour).toISOString() })],
    [
      'a date in seconds as text',
      () => ({ expires_on: String(Math.round((grantdesk.ports.clock.now() + hour) / 1000)) }),
    ],
  ])('that comes as %s is counted down, and renewed before its end', async (_name, life) => {
    tokens = (count) => ({ access_token: `at-${count}-0123456789`, refresh_token: 'rt-0123456789', ...life() })
    await describeService({})
    const connection = await connect()
    for (const one of [connection, await refreshed(connection)]) {
      expect(Math.abs((one.expiresAt ?? 0) - one.obtainedAt - hour)).toBeLessThan(1_000)
      expect(renewalOf(one, grantdesk.ports.clock.now())).toBe('ahead')
    }
  })

  it('that nobody says is not known, and the token is not said to renew itself', async () => {
    tokens = () => ({ access_token: 'at-0123456789', refresh_token: 'rt-0123456789' })
    await describeService({})
    const connection = await connect()
    expect(connection).toMatchObject({ expiresAt: null, refreshable: true, autoRefresh: true })
    expect(renewalOf(connection, grantdesk.ports.clock.now())).toBe('end_not_known')
  })

  it('that is over when the token comes leaves no active connection, and no endless renewing', async () => {
    tokens = () => ({ access_token: 'at-0123456789', refresh_token: 'rt', expires_at: '2020-01-01T00:00:00Z' })
    await describeService({})
    const connection = await connect()
    expect(connectionState(connection, grantdesk.ports.clock.now())).toBe('expired')
    expect(renewalOf(connection, grantdesk.ports.clock.now())).toBe('ended_at_once')
  })

  it('of the refresh token goes with each answer that names it', async () => {
    tokens = (count) => ({
      ...{ access_token: `at-${count}-0123456789`, expires_in: 60 },
      ...(count === 1 ? { refresh_token: 'rt-0123456789' } : {}),
      x_refresh_token_expires_in: count * 1000,
    })
    await describeService({})
    const connection = await connect()
    expect(connection.refreshTokenExpiresAt).toBe(connection.obtainedAt + 1_000_000)
    const after = await refreshed(connection)
    expect(after.refreshTokenExpiresAt).toBe(after.obtainedAt + 2_000_000)
    expect(after.refreshTokenObtainedAt).toBe(connection.refreshTokenObtainedAt)
  })
})

describe('a token that lies elsewhere', () => {
  const tokenResponse = {
    accessToken: ['auth.key'],
    refreshToken: ['auth.renewal'],
    expiresIn: ['auth.until'],
    scope: ['auth.rights'],
    error: ['fault.name'],
  }

  beforeEach(() => describeService({ tokenResponse }))

  it('is found there, refreshed there, and hidden wherever it is shown', async () => {
    tokens = (count) => ({
      auth: {
        key: `odd-key-${count}-0123456789`,
        renewal: `odd-renewal-${count}-9876543210`,
        until: 60,
        rights: ['read'],
      },
    })
    const connection = await connect()
    expect(connection.scopes.granted).toEqual(['read'])
    expect(connection.expiresAt).toBe(connection.obtainedAt + 60_000)
    expect(await revealed(await refreshed(connection))).toBe('odd-key-2-0123456789')
    expect(await revealed(connection, 'refresh_token')).toBe('odd-renewal-2-9876543210')
    const { flows } = await grantdesk.call('flows.list', {})
    const whole = JSON.stringify(await Promise.all(flows.map(({ id }) => grantdesk.call('flows.get', { id }))))
    expect(whole).toMatch(/auth.{0,10}key.{0,10}<access_token:/)
    const shown = whole + grantdesk.crossed.join('\n')
    expect(shown).not.toMatch(/odd-key|odd-renewal/)
    // Both requests carried them.
    expect(server.to('/token')[1]?.form.get('refresh_token')).toBe('odd-renewal-1-9876543210')
    expect(server.to('/me')[0]?.headers.authorization).toBe('Bearer odd-key-1-0123456789')
  })

  it('and is refused with status 200 is a refusal in the server’s words', async () => {
    tokens = (count) =>
      count === 1 ? { auth: { key: 'k-0123456789', renewal: 'r-0123456789' } } : { fault: { name: 'invalid_grant' } }
    const connection = await connect()
    await expect(refreshed(connection)).rejects.toMatchObject({ failure: { kind: 'refused', error: 'invalid_grant' } })
    expect((await found(connection.id)).status.kind).toBe('needs_attention')
  })
})

describe('several tokens in one answer', () => {
  const answer = (count: number) => ({
    ok: true,
    ...{ access_token: `xoxb-${count}-0123456789`, token_type: 'bot', scope: 'commands,chat:write' },
    authed_user: { id: 'U1', access_token: `xoxp-${count}-0123456789`, token_type: 'user', scope: 'search:read' },
  })

  beforeEach(async () => {
    tokens = answer
    me = ({ headers }) =>
      headers.authorization?.includes('xoxp') ? { id: 'U1', name: 'Ada' } : { id: 'B1', name: 'Plan bot' }
    await describeService({})
  })

  it('become a connection each, with its own scopes and account', async () => {
    const bot = await connect()
    const connections = await all()
    expect(connections).toHaveLength(2)
    const user = connections.find(({ id }) => id !== bot.id)
    expect(bot).toMatchObject({ account: { id: 'B1' }, scopes: { granted: ['commands', 'chat:write'] } })
    expect(user).toMatchObject({
      account: { id: 'U1' },
      name: 'Ada · Odd',
      scopes: { requested: [], granted: ['search:read'] },
    })
    expect(await revealed(bot)).toBe('xoxb-1-0123456789')
    expect(user && (await revealed(user))).toBe('xoxp-1-0123456789')
    expect(grantdesk.crossed.join('\n')).not.toMatch(/xox[bp]-\d/)
  })

  it('of one account are told apart by where the answer held them', async () => {
    me = () => ({ id: 'U1', name: 'Ada' })
    expect((await connect()).name).toBe('Ada · Odd')
    expect((await all()).map(({ name }) => name).sort()).toEqual(['Ada · Odd', 'Ada · Odd (authed_user.access_token)'])
  })

  it('renew both connections when either is reconnected', async () => {
    const bot = await connect()
    const user = (await all()).find(({ id }) => id !== bot.id)
    if (!user) throw new Error('there is one connection')
    await connect(user.id)
    expect(await all()).toHaveLength(2)
    expect(await revealed(bot)).toBe('xoxb-2-0123456789')
    expect(await revealed(user)).toBe('xoxp-2-0123456789')
  })

  it('are kept when a refresh brings them, each where its predecessor is', async () => {
    tokens = (count) => ({ ...answer(count), refresh_token: 'xoxe-0123456789' })
    const bot = await connect()
    const user = (await all()).find(({ id }) => id !== bot.id)
    await refreshed(bot)
    expect(await all()).toHaveLength(2)
    expect(await revealed(bot)).toBe('xoxb-2-0123456789')
    expect(user && (await revealed(user))).toBe('xoxp-2-0123456789')
  })

  describe('of two accounts', () => {
    let who: string
    /** By the account's id, which tells whose token it should be. */
    const held = async () => {
      const connections = await all()
      const pairs = connections.map(async (one) => [one.account?.id ?? '', await revealed(one)] as const)
      return Object.fromEntries(await Promise.all(pairs))
    }

    beforeEach(() => {
      who = 'A'
      tokens = (count) => ({
        ...{ access_token: `${who}-bot-${count}-0123456789`, refresh_token: `${who}-refresh-0123456789` },
        authed_user: { access_token: `${who}-user-${count}-0123456789` },
      })
      me = ({ headers }) => {
        const id = /\w-(?:bot|user)/.exec(headers.authorization ?? '')?.[0] ?? ''
        return { id, name: id }
      }
    })

    it('stay with their own when one is refreshed', async () => {
      const ofA = await connect()
      who = 'B'
      await connect()
      who = 'A'
      await refreshed(ofA)
      await refreshed(ofA)
      expect(await all()).toHaveLength(4)
      expect(await held()).toEqual({
        ...{ 'A-bot': 'A-bot-4-0123456789', 'A-user': 'A-user-4-0123456789' },
        ...{ 'B-bot': 'B-bot-2-0123456789', 'B-user': 'B-user-2-0123456789' },
      })
    })

    it('never take the place of the other’s where one’s own was removed', async () => {
      const ofA = await connect()
      who = 'B'
      await connect()
      const user = (await all()).find(({ account }) => account?.id === 'A-user')
      await grantdesk.call('connections.remove', { id: user?.id ?? '' })
      who = 'A'
      await refreshed(ofA)
      await refreshed(ofA)
      expect(await all()).toHaveLength(4)
      expect((await held())['B-user']).toBe('B-user-2-0123456789')
    })

    it('renew only their own when one is reconnected', async () => {
      const ofA = await connect()
      who = 'B'
      await connect()
      who = 'A'
      await connect(ofA.id)
      await refreshed(ofA)
      expect(await held()).toEqual({
        ...{ 'A-bot': 'A-bot-4-0123456789', 'A-user': 'A-user-4-0123456789' },
        ...{ 'B-bot': 'B-bot-2-0123456789', 'B-user': 'B-user-2-0123456789' },
      })
    })
  })
})

/** Connects in the browser, which comes back with `more` besides the code. */
async function connectByCode(more: Record<string, string>): Promise<ConnectionView> {
  const asked = { client: client(), grantId: 'code', scopes: [], openBrowser: false }
  const attempt = await grantdesk.call('connect.start', asked)
  if (attempt.state !== 'awaiting_redirect') throw new Error(JSON.stringify(attempt))
  const state = new URL(attempt.authorizationUrl).searchParams.get('state') ?? ''
  const back = new URLSearchParams({ code: 'code-0123456789', state, ...more })
  await (await fetch(`${attempt.redirectUri}?${back}`)).text()
  const settled = await grantdesk.settled(attempt.id)
  if (settled.state !== 'done') throw new Error(JSON.stringify(settled))
  return found(settled.connectionId)
}

describe('what an answer brings along', () => {
  let api: TestServer

  beforeEach(async () => {
    api = await openTestServer(() => ({ json: { id: '1', name: 'Ada' } }))
  })
  afterEach(() => api.close())

  it('is kept, shown, and used in paths, in headers and as the API’s base, also after a refresh', async () => {
    tokens = (count) => ({
      ...{ access_token: `at-${count}-0123456789`, refresh_token: 'rt-0123456789' },
      ...(count === 1 ? { instance_url: api.baseUrl, account: { region: 'eu/1' } } : {}),
    })
    await describeService({
      tokenResponse: { keep: { instance_url: ['instance_url'], region: ['account.region'], realmId: ['realmId'] } },
      api: { origins: ['{instance_url}'] },
      identity: [{ path: '/me/{region}/{realmId}', accountId: ['id'], accountName: ['name'] }],
      requestHeaders: { 'X-Realm': '{realmId}' },
    })
    const connection = await connectByCode({ realmId: '4620816365' })
    const kept = { instance_url: api.baseUrl, region: 'eu/1', realmId: '4620816365' }
    expect(connection).toMatchObject({ kept, apiRoot: api.baseUrl, account: { name: 'Ada' } })
    expect(await refreshed(connection)).toMatchObject({ kept, apiRoot: api.baseUrl })
    await grantdesk.call('connections.identify', { id: connection.id })
    expect(api.all.map(({ path, headers }) => [path, headers['x-realm']])).toEqual(
      Array(2).fill(['/me/eu%2F1/4620816365', '4620816365']),
    )
    expect(api.all.at(-1)?.headers.authorization).toBe('Bearer at-2-0123456789')
    expect(server.to('/me')).toEqual([])
  })

  it('in the redirect alone does not say where tokens are sent', async () => {
    tokens = () => ({ access_token: 'at-0123456789' })
    await describeService({ tokenResponse: { keep: ['instance_url'] }, api: { origins: ['{instance_url}'] } })
    const connection = await connectByCode({ instance_url: api.baseUrl })
    expect(connection).toMatchObject({ kept: { instance_url: api.baseUrl }, apiRoot: server.baseUrl, account: null })
    expect(api.all).toEqual([])
  })

  it('is not kept where it is a secret, and nothing is where the description keeps one', async () => {
    tokens = () => ({ access_token: 'at-0123456789', instance_url: 'https://at-0123456789.example.com' })
    await describeService({ tokenResponse: { keep: ['instance_url'] } })
    expect((await connect()).kept).toEqual({})
    const replace = describeService({ id: 'other', tokenResponse: { keep: ['id_token'] } })
    await expect(replace).rejects.toMatchObject({ failure: { issues: [{ path: 'tokenResponse.keep.id_token' }] } })
  })
})

describe('a token request', () => {
  it('is JSON where the description says so, and refreshes where it says', async () => {
    tokens = (count) => ({ access_token: `at-${count}-0123456789`, refresh_token: 'rt-0123456789' })
    const endpoints = { authorization: '{base}/authorize', token: '{base}/token', refresh: '{base}/renew' }
    await describeService({ endpoints, tokenRequest: { encoding: 'json' } })
    await refreshed(await connect())
    const [asked, again] = [server.to('/token'), server.to('/renew')].map(([one]) => ({
      type: one?.headers['content-type'],
      body: JSON.parse(one?.body ?? ''),
    }))
    const credentials = { client_id: 'app', client_secret: 'app-s3cret-0123456789' }
    const login = { username: 'ada', password: 'pw-0123456789', scope: 'read write' }
    expect(asked).toEqual({ type: 'application/json', body: { grant_type: 'password', ...login, ...credentials } })
    const refresh = { grant_type: 'refresh_token', refresh_token: 'rt-0123456789' }
    expect(again).toEqual({ type: 'application/json', body: { ...refresh, ...credentials } })
    expect(server.to('/token')).toHaveLength(1)
    const { flows } = await grantdesk.call('flows.list', {})
    const whole = JSON.stringify(await Promise.all(flows.map(({ id }) => grantdesk.call('flows.get', { id }))))
    expect(whole).not.toMatch(/rt-0123456789|app-s3cret|pw-0123456789/)
  })
})

it('scopes between commas are those that were asked for with blanks', async () => {
  tokens = () => ({ access_token: 'at-0123456789', scope: 'read,write' })
  await describeService({})
  expect((await connect()).scopes).toEqual({ requested: ['read', 'write'], granted: ['read', 'write'], reported: null })
})

it('a token in an answer that is refused is hidden in the flow where the description says that one stands', async () => {
  const token = 'kept-where-nobody-looks'
  tokens = () => ({ error: 'invalid_grant', before: { pass: token } })
  await describeService({ tokenResponse: { accessToken: ['data.pass'] } })
  const login = { username: 'ada', password: 'pw-0123456789' }
  const begun = await grantdesk.call('connect.start', { client: client(), grantId: 'password', scopes: [], ...login })
  expect(await grantdesk.settled(begun.id)).toMatchObject({ state: 'failed' })
  const told = JSON.stringify(await grantdesk.call('flows.get', { id: begun.flowId }))
  expect(told).not.toContain(token)
  expect(told).toMatch(/pass\\*":\\*"<\w+:/)
})
