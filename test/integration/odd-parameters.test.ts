// Services that call parameters otherwise, want answers of the person's in the authorization request, or refresh with parameters
// of its own: by their descriptions, from the browser's address to a refresh.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openTestApp, Refused, type TestApp } from '../support/test-app.ts'
import { openTestServer, type TestServer } from '../support/test-server.ts'

let grantdesk: TestApp
let server: TestServer

beforeEach(async () => {
  let count = 0
  server = await openTestServer(({ path }) => {
    if (path === '/me') return { json: { id: '1', name: 'Ada' } }
    count += 1
    const tokens = { access_token: `odd-access-${count}-0123456789`, refresh_token: `odd-refresh-${count}-0123456789` }
    return { json: { ...tokens, token_type: 'Bearer', expires_in: 3600 } }
  })
  grantdesk = await openTestApp()
})
afterEach(async () => {
  await grantdesk.close()
  server.close()
})

const describeService = (grant: object, more: object = {}) =>
  grantdesk.call('services.import', {
    text: JSON.stringify({
      ...{ schema: 2, id: 'odd', name: 'Odd', scopes: { separator: ',' }, registration: { steps: 'Ask.' } },
      base: { default: server.baseUrl, example: '' },
      endpoints: { authorization: '{base}/authorize', token: '{base}/token', revocation: '{base}/revoke' },
      clientAuthentication: { allowed: ['body'], default: 'body' },
      redirect: { anyPort: 'yes' },
      grants: [{ id: 'code', type: 'authorization_code', name: 'Code', ...grant }],
      identity: [{ path: '/me', accountId: ['id'], accountName: ['name'] }],
      ...more,
    }),
  })

const secret = 'app-s3cret-0123456789'

/** Connects; the parameters that the browser was sent with, and the connection. */
async function connect(answers: Record<string, string> = {}) {
  const client = {
    ...{ serviceId: 'odd', baseUrl: server.baseUrl, clientId: 'app', clientSecret: secret },
    ...{ clientAuthentication: 'body' as const, redirect: { mode: 'ephemeral' as const } },
  }
  const asked = { client, grantId: 'code', scopes: ['read', 'write'], openBrowser: false, answers }
  const attempt = await grantdesk.call('connect.start', asked)
  if (attempt.state !== 'awaiting_redirect') throw new Error(JSON.stringify(attempt))
  const { searchParams } = new URL(attempt.authorizationUrl)
  const back = new URLSearchParams({ code: 'code-0123456789', state: searchParams.get('state') ?? '' })
  await (await fetch(`${attempt.redirectUri}?${back}`)).text()
  const settled = await grantdesk.settled(attempt.id)
  if (settled.state !== 'done') throw new Error(JSON.stringify(settled))
  return { sent: searchParams, id: settled.connectionId, redirectUri: attempt.redirectUri }
}

const tiktok = {
  authorizationRequest: { names: { client_id: 'client_key', redirect_uri: 'redirect_url' } },
  tokenRequest: { names: { client_id: 'client_key', client_secret: 'secret', code: 'auth_code' } },
}

describe('parameters of other names', () => {
  it('are sent under these names everywhere, and under the usual ones nowhere', async () => {
    await describeService({}, tiktok)
    const { sent, id, redirectUri } = await connect()
    expect([sent.get('client_key'), sent.get('redirect_url'), sent.get('scope')]).toEqual([
      'app',
      redirectUri,
      'read,write',
    ])
    for (const name of ['client_id', 'redirect_uri']) expect(sent.has(name)).toBe(false)
    await grantdesk.call('connections.refresh', { id })
    await grantdesk.call('connections.revoke', { id })
    const [exchange, refresh] = server.to('/token').map(({ form }) => Object.fromEntries(form))
    expect(exchange).toMatchObject({
      client_key: 'app',
      secret,
      auth_code: 'code-0123456789',
      redirect_uri: redirectUri,
    })
    expect(refresh).toMatchObject({ client_key: 'app', secret, grant_type: 'refresh_token' })
    const revocation = Object.fromEntries(server.to('/revoke')[0]?.form ?? [])
    expect(revocation).toMatchObject({ client_key: 'app', secret })
    for (const form of [exchange, refresh, revocation]) {
      for (const name of ['client_id', 'client_secret', 'code']) expect(form).not.toHaveProperty(name)
    }
    const { flows } = await grantdesk.call('flows.list', {})
    const kept = await Promise.all(flows.map((flow) => grantdesk.call('flows.get', { id: flow.id })))
    expect(JSON.stringify(kept)).not.toContain(secret)
  })

  it('are sent in JSON, too', async () => {
    await describeService({}, { ...tiktok, tokenRequest: { ...tiktok.tokenRequest, encoding: 'json' } })
    await connect()
    expect(JSON.parse(server.to('/token')[0]?.body ?? '')).toMatchObject({
      client_key: 'app',
      auth_code: 'code-0123456789',
    })
  })

  it.each([
    { names: { client_id: 'state' } },
    { names: { client_id: 'id', scope: 'id' } },
    { names: { scope: 'redirect_uri' } },
    { names: { state: 'customField' } },
    { names: { scope: 'a b' } },
  ])('are refused where they would take another one’s place: %j', async (authorizationRequest) => {
    const refused = await describeService({}, { authorizationRequest }).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Refused)
  })
})

describe('an answer of the person’s', () => {
  const input = { id: 'shop', label: 'Shop', parameter: 'shop_id' }

  it.each([
    ['authorization', [true, false]],
    ['token', [false, true]],
    ['both', [true, true]],
  ])('is sent with the request that the description names: %s', async (sentIn, expected) => {
    await describeService({ inputs: [{ ...input, sentIn }] })
    const { sent, id } = await connect({ shop: '42' })
    await grantdesk.call('connections.refresh', { id })
    const forms = server.to('/token').map(({ form }) => form.get('shop_id') === '42')
    expect([sent.get('shop_id') === '42', forms[0]]).toEqual(expected)
    expect(forms[1]).toBe(forms[0])
  })
})

it('an answer that is a resource goes with every request, once', async () => {
  await describeService({ inputs: [{ id: 'environment', label: 'Environment', parameter: 'resource' }] })
  const { sent, id } = await connect({ environment: 'https://acme.crm.example.com' })
  await grantdesk.call('connections.refresh', { id })
  expect(sent.getAll('resource')).toEqual(['https://acme.crm.example.com'])
  for (const { form } of server.to('/token')) expect(form.getAll('resource')).toEqual(['https://acme.crm.example.com'])
})

describe('a parameter that is otherwise Grantdesk’s', () => {
  it('may be a word where it means nothing', async () => {
    const words = { authorizationParameters: { request: 'authorize', grant_type: 'authorization_code' } }
    await describeService({ ...words, tokenParameters: { request: 'token' } })
    const { sent } = await connect()
    expect([sent.get('request'), sent.get('grant_type')]).toEqual(['authorize', 'authorization_code'])
    expect(server.to('/token')[0]?.form.get('request')).toBe('token')
  })

  it.each([
    { authorizationParameters: { request: 'eyJhbGciOiJub25lIn0.e30.' } },
    { authorizationParameters: { request_uri: 'urn:x' } },
    { authorizationParameters: { grant_type: 'implicit' } },
    { tokenParameters: { grant_type: 'authorization_code' } },
    { refreshParameters: { refresh_token: 'x' } },
  ])('may be nothing else: %j', async (grant) => {
    await expect(describeService(grant)).rejects.toBeInstanceOf(Refused)
  })
})

it('a refresh has parameters of its own in place of those of other token requests', async () => {
  await describeService({
    tokenParameters: { type: 'web_server', version: '1' },
    refreshParameters: { type: 'refresh' },
  })
  const { id } = await connect()
  await grantdesk.call('connections.refresh', { id })
  const sent = server.to('/token').map(({ form }) => [form.get('type'), form.get('version')])
  expect(sent).toEqual([
    ['web_server', '1'],
    ['refresh', '1'],
  ])
})
