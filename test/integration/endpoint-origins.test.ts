// Endpoints whose address the redirect names, as Zoho's data centres do: the code, the client secret and the refresh token go
// there where the description allows it, and nowhere else.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Attempt } from '../../contract/attempt.ts'
import { openTestApp, Refused, type TestApp } from '../support/test-app.ts'
import { type Asked, openTestServer, type TestServer } from '../support/test-server.ts'

let grantdesk: TestApp
/** The data centre that everybody begins at, the one of this account, and one that nobody vouches for. */
let first: TestServer
let second: TestServer
let stranger: TestServer

let issued = 0

function dataCentre(asked: Asked) {
  if (asked.path.startsWith('/crm/'))
    return { json: { users: [{ id: '7', full_name: 'Ada', email: 'ada@zoho.example' }] } }
  if (asked.path.endsWith('/revoke')) return { json: { status: 'success' } }
  issued += 1
  const refreshToken =
    asked.form.get('grant_type') === 'refresh_token' ? {} : { refresh_token: 'zoho-refresh-0123456789' }
  const token = { access_token: `zoho-access-${issued}-0123456789`, token_type: 'Bearer', expires_in: 3600 }
  return { json: { ...token, ...refreshToken, api_domain: `http://${asked.headers.host}` } }
}

beforeEach(async () => {
  issued = 0
  ;[first, second, stranger] = await Promise.all([
    openTestServer(dataCentre),
    openTestServer(dataCentre),
    openTestServer(dataCentre),
  ])
  grantdesk = await openTestApp()
})
afterEach(async () => {
  await grantdesk.close()
  for (const server of [first, second, stranger]) server.close()
})

/** The example of docs/services.md, at these servers. */
function zoho(): Record<string, unknown> & { endpoints: Record<string, unknown> } {
  const page = readFileSync(join(import.meta.dirname, '../../docs/services.md'), 'utf8')
  const example = page.split('```').find((part) => part.startsWith('json') && part.includes('"id": "zoho"'))
  const text = (example ?? '')
    .slice('json'.length)
    .replaceAll('https://accounts.zoho.com"', `${first.baseUrl}"`)
    .replaceAll('https://accounts.zoho.eu"', `${second.baseUrl}"`)
  return JSON.parse(text)
}

const describeService = (description: object = zoho()) =>
  grantdesk.call('services.import', { text: JSON.stringify(description) })

async function begin(reconnect?: string) {
  const client = {
    ...{ serviceId: 'zoho', baseUrl: first.baseUrl, clientId: 'app', clientSecret: 'app-s3cret-0123456789' },
    ...{ clientAuthentication: 'body' as const, redirect: { mode: 'ephemeral' as const } },
  }
  const asked = { client, grantId: 'authorization_code', scopes: ['ZohoCRM.users.READ'], openBrowser: false, reconnect }
  const attempt = await grantdesk.call('connect.start', asked)
  if (attempt.state !== 'awaiting_redirect') throw new Error(JSON.stringify(attempt))
  return attempt
}

/** Ends an attempt with the redirect of an account that lives where `accountsServer` says. */
async function connect(accountsServer: string | null, reconnect?: string): Promise<Attempt> {
  const { id, authorizationUrl, redirectUri } = await begin(reconnect)
  const state = new URL(authorizationUrl).searchParams.get('state') ?? ''
  const back = new URLSearchParams({ code: 'code-0123456789', state, location: 'eu' })
  if (accountsServer !== null) back.set('accounts-server', accountsServer)
  await (await fetch(`${redirectUri}?${back}`)).text()
  return grantdesk.settled(id)
}

async function connectionOf(attempt: Attempt): Promise<string> {
  if (attempt.state !== 'done') throw new Error(JSON.stringify(attempt))
  return attempt.connectionId
}

async function originChecks() {
  const { flows } = await grantdesk.call('flows.list', {})
  const { events } = await grantdesk.call('flows.get', { id: flows[0]?.id ?? '' })
  return events.flatMap((event) => (event.kind === 'check' && event.which === 'endpoint_origin' ? [event] : []))
}

const asked = (server: TestServer) => server.all.map(({ path }) => path)

describe('a data centre that the redirect names', () => {
  it('gets the code, refreshes and revocations, and is kept with the connection', async () => {
    await describeService()
    const id = await connectionOf(await connect(second.baseUrl))
    expect(await originChecks()).toMatchObject([{ result: 'passed', found: second.baseUrl }])
    await grantdesk.call('connections.refresh', { id })
    await grantdesk.call('connections.revoke', { id })
    expect(asked(second)).toContain('/oauth/v2/token')
    expect(second.to('/oauth/v2/token').map(({ form }) => form.get('grant_type'))).toEqual([
      'authorization_code',
      'refresh_token',
    ])
    expect(second.to('/oauth/v2/token/revoke').length).toBeGreaterThan(0)
    expect(asked(first)).toEqual([])
    const { connections } = await grantdesk.call('app.snapshot', {})
    expect(connections[0]?.kept).toMatchObject({ accounts_server: second.baseUrl, api_domain: second.baseUrl })
  })

  it('is the base URL’s where the redirect names none', async () => {
    await describeService()
    await connectionOf(await connect(null))
    expect(asked(first)).toContain('/oauth/v2/token')
    expect(await originChecks()).toMatchObject([{ result: 'skipped', reason: 'not_said' }])
  })

  it('is not looked for where the token endpoint is under the base URL', async () => {
    const description = zoho()
    await describeService({ ...description, endpoints: { ...description.endpoints, token: '{base}/oauth/v2/token' } })
    await connectionOf(await connect(null))
    expect(await originChecks()).toEqual([])
  })

  it.each([
    ['another host', () => stranger.baseUrl],
    ['a path at an allowed one', () => `${second.baseUrl}/elsewhere`],
    ['a user name before another host', () => `${second.baseUrl}@${new URL(stranger.baseUrl).host}`],
    ['an allowed one and a query', () => `${second.baseUrl}?`],
    ['no address', () => 'accounts.zoho.eu'],
  ])('is refused before the code is sent anywhere, where it is %s', async (_, value) => {
    await describeService()
    const attempt = await connect(value())
    expect(attempt).toMatchObject({
      state: 'failed',
      failure: { kind: 'unexpected_answer', message: expect.stringContaining('which its description does not allow') },
    })
    for (const server of [first, second, stranger]) expect(asked(server)).toEqual([])
    expect(await originChecks()).toMatchObject([{ result: 'failed', found: value() }])
  })

  it('that a description allows no more gets no refresh token', async () => {
    await describeService()
    const id = await connectionOf(await connect(second.baseUrl))
    const before = second.all.length
    const narrower = { ...zoho(), endpoints: { ...zoho().endpoints, origins: [first.baseUrl] } }
    await grantdesk.call('services.import', { text: JSON.stringify(narrower), replace: true })
    const refused = await grantdesk.call('connections.refresh', { id }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Refused)
    expect(second.all).toHaveLength(before)
    expect(asked(first)).toEqual([])
  })
})

describe('the origins that a description allows', () => {
  it('are asked about where they change while secrets are stored', async () => {
    await describeService()
    await connectionOf(await connect(second.baseUrl))
    const wider = { ...zoho(), endpoints: { ...zoho().endpoints, origins: [second.baseUrl, stranger.baseUrl] } }
    const failure = await grantdesk
      .call('services.import', { text: JSON.stringify(wider), edited: true })
      .catch((error: unknown) => (error instanceof Refused ? error.failure : error))
    expect(failure).toMatchObject({ kind: 'conflict', message: expect.stringContaining(stranger.baseUrl) })
  })

  it.each([
    ['endpoints.origins', { origins: undefined }],
    ['endpoints.origins.0', { origins: ['https://*.zoho.eu'] }],
    ['endpoints.origins.0', { origins: ['https://accounts.zoho.eu/path'] }],
    ['endpoints.origins.0', { origins: ['http://accounts.zoho.eu'] }],
    ['endpoints.token', { token: 'https://{accounts_server}/token' }],
    ['endpoints.token', { token: 'https://accounts.zoho.com/{accounts_server}' }],
    ['endpoints.token', { token: 'https://{accounts_server}.com/token' }],
    ['endpoints.token', { token: '{unknown}/token' }],
    ['endpoints.token', { token: '{accounts_server}.evil.example/token' }],
    ['endpoints.authorization', { authorization: '{accounts_server}/auth' }],
  ])('have to be named in full (%s of %j)', async (path, change) => {
    const description = { ...zoho(), endpoints: { ...zoho().endpoints, ...change } }
    const failure = await describeService(description).catch((error: unknown) =>
      error instanceof Refused ? error.failure : error,
    )
    expect(failure).toMatchObject({
      kind: 'invalid_input',
      issues: expect.arrayContaining([expect.objectContaining({ path })]),
    })
  })
})

describe('a part of a host that the redirect names', () => {
  const domain = { base: { default: null, example: '' }, tokenResponse: { keep: ['domain_prefix'] }, api: undefined }
  const shop = () => ({
    ...{ ...zoho(), ...domain, base: { default: first.baseUrl, example: '' } },
    endpoints: { authorization: '{base}/connect', token: 'https://{domain_prefix}.retail.example.com/token' },
  })

  it.each(['evil.example/x?', 'a.b', 'a@b', '-a', ''])('is refused where it is more than that: %j', async (value) => {
    await describeService(shop())
    const { id, authorizationUrl, redirectUri } = await begin()
    const state = new URL(authorizationUrl).searchParams.get('state') ?? ''
    await (
      await fetch(`${redirectUri}?${new URLSearchParams({ code: 'code-0123', state, domain_prefix: value })}`)
    ).text()
    const attempt = await grantdesk.settled(id)
    expect(attempt).toMatchObject({ state: 'failed', failure: { kind: 'unexpected_answer' } })
    expect(asked(first)).toEqual([])
  })
})
