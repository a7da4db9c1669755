// Which request of a grant carries which extra parameter, on the wire: the description's own, the person's, an audience
// and resource indicators; at the beginning, at the token endpoint, and at each refresh.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ConnectInput } from '../../contract/attempt.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { openTestServer, type TestServer } from '../support/test-server.ts'

const always = {
  authorizationParameters: { prompt: 'consent' },
  tokenParameters: { tenant: 't1' },
  resources: ['https://api.example.com/'],
}
const grants = [
  { id: 'code', type: 'authorization_code', name: 'Code', ...always },
  { id: 'device', type: 'device_code', name: 'Device', ...always },
  { id: 'password', type: 'password', name: 'Password', ...always },
  { id: 'machine', type: 'client_credentials', name: 'Machine', refresh: false, ...always },
  {
    ...always,
    ...{ id: 'installed', type: 'client_credentials', name: 'Installed', refresh: false },
    installation: { parameter: 'installation_id' },
  },
]

/** What the person adds: one for the beginning, one for every token request, an audience for all. */
const own = {
  parameters: { login_hint: 'ada', audience: 'api' },
  tokenParameters: { flavour: 'plum', audience: 'api' },
  resources: ['https://other.example.com/'],
}
const resources = ['https://api.example.com/', 'https://other.example.com/']
const atTheBeginning = { prompt: 'consent', login_hint: 'ada', audience: 'api', resources }
const atTheTokenEndpoint = { tenant: 't1', flavour: 'plum', audience: 'api', resources }

let grantdesk: TestApp
let server: TestServer

beforeEach(async () => {
  let issued = 0
  server = await openTestServer(({ path }) => {
    if (path === '/device') {
      const uri = `${server.baseUrl}/enter`
      return { json: { device_code: 'device-0123456789', user_code: 'ABCD', verification_uri: uri, interval: 1 } }
    }
    issued += 1
    const tokens = { access_token: `at-${issued}-0123456789`, refresh_token: `rt-${issued}-0123456789` }
    return { json: { ...tokens, token_type: 'Bearer', expires_in: 3600 } }
  })
  grantdesk = await openTestApp()
  const base = { default: server.baseUrl, example: '' }
  const description = {
    ...{ schema: 2, id: 'forge', name: 'Forge', base, grants, scopes: {} },
    endpoints: {
      authorization: '{base}/authorize',
      token: '{base}/token',
      deviceAuthorization: '{base}/device',
    },
    registration: { steps: 'Ask.' },
    clientAuthentication: { allowed: ['body'], default: 'body' },
    redirect: { anyPort: 'yes' },
  }
  await grantdesk.call('services.import', { text: JSON.stringify(description) })
})
afterEach(async () => {
  await grantdesk.close()
  server.close()
})

const names = ['prompt', 'login_hint', 'tenant', 'flavour', 'audience']

/** The extra parameters among those of a request. */
function extra(parameters: URLSearchParams | undefined) {
  const found = names.flatMap((name) => parameters?.getAll(name).map((value) => [name, value] as const) ?? [])
  return { ...Object.fromEntries(found), resources: parameters?.getAll('resource') }
}

const sent = (path: string) => server.to(path).map(({ form }) => extra(form))

/** Connects and refreshes once; answers the authorization request, where there was one. */
async function goThrough(grantId: string, more: Partial<ConnectInput> = {}): Promise<URLSearchParams | null> {
  const attempt = await grantdesk.call('connect.start', {
    client: {
      ...{ serviceId: 'forge', baseUrl: server.baseUrl, clientId: 'app', clientSecret: 'app-s3cret-0123456789' },
      ...{ clientAuthentication: 'body', redirect: { mode: 'ephemeral' } },
    },
    ...{ grantId, scopes: [], openBrowser: false, ...own, ...more },
  })
  const url = 'authorizationUrl' in attempt ? new URL(attempt.authorizationUrl) : null
  if (url) {
    const back = new URL(url.searchParams.get('redirect_uri') ?? '')
    back.search = new URLSearchParams({
      ...{ code: 'code-0123456789', state: url.searchParams.get('state') ?? '', installation_id: 'i-1' },
    }).toString()
    await (await fetch(back)).text()
  }
  const settled = await grantdesk.settled(attempt.id)
  if (settled.state !== 'done') throw new Error(JSON.stringify(settled))
  await grantdesk.call('connections.refresh', { id: settled.connectionId })
  return url?.searchParams ?? null
}

it('a code: the authorization request, the exchange and the refresh each carry their own', async () => {
  expect(extra((await goThrough('code')) ?? undefined)).toEqual(atTheBeginning)
  expect(server.to('/token').map(({ form }) => form.get('grant_type'))).toEqual(['authorization_code', 'refresh_token'])
  expect(sent('/token')).toEqual([atTheTokenEndpoint, atTheTokenEndpoint])
})

it('a device: the request for the user code, the question and the refresh', async () => {
  await goThrough('device')
  expect(sent('/device')).toEqual([atTheBeginning])
  expect(sent('/token')).toEqual([atTheTokenEndpoint, atTheTokenEndpoint])
})

it('an installation: the authorization request, and each request for a token', async () => {
  expect(extra((await goThrough('installed')) ?? undefined)).toEqual(atTheBeginning)
  expect(sent('/token')).toEqual([atTheTokenEndpoint, atTheTokenEndpoint])
  expect(server.to('/token').map(({ form }) => form.get('installation_id'))).toEqual(['i-1', 'i-1'])
})

it.each(['machine', 'password'])('%s: what begins at the token endpoint goes there each time', async (grantId) => {
  await goThrough(grantId, grantId === 'password' ? { username: 'ada', password: 'pw-0123456789' } : {})
  const all = { login_hint: 'ada', ...atTheTokenEndpoint }
  expect(sent('/token')).toEqual([all, all])
})

it('one that Grantdesk sets itself is refused before anything is sent', async () => {
  const starting = goThrough('code', { tokenParameters: { code_verifier: 'mine' } })
  await expect(starting).rejects.toMatchObject({ failure: { kind: 'invalid_input' } })
  expect(server.all).toEqual([])
})

it('a connection shows them for the next time, but for those whose name promises a secret', async () => {
  const tokenParameters = { ...own.tokenParameters, vendor_secret: 'ours-0123456789' }
  await goThrough('code', { tokenParameters })
  const [connection] = (await grantdesk.call('app.snapshot', {})).connections
  expect(connection).toMatchObject(own)
  expect(connection?.tokenParameters).toEqual(own.tokenParameters)
  expect(server.to('/token').map(({ form }) => form.get('vendor_secret'))).toEqual(Array(2).fill('ours-0123456789'))
})
