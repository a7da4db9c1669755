// A strict, certified server that Grantdesk has never heard of, connected by an imported description alone.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { missingScopes } from '../../contract/connection.ts'
import { ensureChromium } from '../support/chromium.ts'
import { type ForeignServer, freePort, serverScript, startForeignServer } from '../support/foreign-server.ts'
import { oddSecret } from '../support/interop-app.ts'
import {
  apiStatus,
  describeInterop,
  describeOwnRedirects,
  expectNothingComesBack,
  interopApp,
} from './interop-suite.ts'

const description = {
  schema: 1,
  id: 'strict-server',
  name: 'Strict server',
  base: { default: null, example: 'https://login.example.com' },
  endpoints: {
    authorization: '{base}/auth',
    token: '{base}/token',
    revocation: '{base}/token/revocation',
    introspection: '{base}/token/introspection',
  },
  registration: { steps: 'Ask the server’s operator.' },
  clientAuthentication: { allowed: ['basic', 'basic-raw', 'body'], default: 'basic' },
  redirect: { anyPort: 'yes' },
  grants: [{ id: 'code', type: 'authorization_code', name: 'Authorization code' }],
  scopes: { default: ['openid', 'read'] },
  identity: [{ path: '/me', accountId: ['sub'], accountName: ['sub'] }],
}

const client = { clientId: 'odd', clientSecret: oddSecret, clientAuthentication: 'basic' as const }
const plain = { clientId: 'plain', clientSecret: 's3cret-of-plain' }

let server: ForeignServer | null = null
let pinnedPort = 0

const missing = 'skipped: Chromium is not installed and cannot be'

beforeAll(async () => {
  if (!ensureChromium()) return console.log(missing)
  pinnedPort = await freePort()
  server = await startForeignServer({
    command: (port) => [process.execPath, serverScript('oidc-provider.ts'), String(port)],
    readyPath: '/.well-known/openid-configuration',
    environment: { PINNED_PORT: String(pinnedPort) },
  })
})
afterAll(async () => {
  await server?.stop()
})

describe('an imported service at oidc-provider', () => {
  const grantdesk = interopApp(() => server && { id: description.id, baseUrl: server.baseUrl }, {
    missing,
    prepare: ({ grantdesk }) => grantdesk.call('services.import', { text: JSON.stringify(description) }),
  })

  describeInterop({
    grantdesk,
    client,
    clients: [
      // Registered for Basic, which it decodes as the RFC has it; it takes the body as well.
      { ...client, clientAuthentication: 'basic-raw', taken: false },
      { ...plain, clientAuthentication: 'basic-raw', taken: true },
    ],
    account: 'alice',
    api: { path: '/me', deadStatus: 401, revocation: '/token/revocation' },
    denied: 'End-User aborted interaction',
  })

  describeOwnRedirects(grantdesk, { client, port: () => pinnedPort })

  it('says by introspection whose the token is, and what it may do', async () => {
    const { introspection, scopes } = await grantdesk().connected(client)
    expect(introspection).toMatchObject({ active: true, subject: 'alice', scopes: ['openid', 'read'] })
    expect(scopes.reported).toEqual(['openid', 'read'])
  })

  it('verifies a revocation by introspection where the API says nothing', async () => {
    const { id } = await grantdesk().connected(client)
    const text = JSON.stringify({ ...description, identity: [] })
    await grantdesk().grantdesk.call('services.import', { text, replace: true })
    const revocation = await grantdesk().grantdesk.call('connections.revoke', { id })
    await grantdesk().grantdesk.call('services.import', { text: JSON.stringify(description), replace: true })
    expect(revocation).toMatchObject({ outcome: 'revoked', words: expect.stringContaining('not active any more') })
  })

  it('drops a scope it does not know without a word, and the connection shows what is missing', async () => {
    const { scopes } = await grantdesk().connected(client, { scopes: ['openid', 'read', 'made-up'] })
    expect(scopes.granted).toEqual(['openid', 'read'])
    expect(missingScopes(scopes)).toEqual(['made-up'])
  })

  it('refuses a scope that the client is not registered with, in words that name it', async () => {
    const reader = { ...client, clientId: 'reader' }
    expect(await grantdesk().connect(reader, { scopes: ['openid', 'read', 'write'] })).toMatchObject({
      state: 'failed',
      failure: {
        kind: 'refused',
        by: 'authorization_endpoint',
        error: 'invalid_scope',
        errorDescription: expect.stringContaining('scope'),
        remedy: expect.stringContaining('Choose fewer scopes'),
      },
    })
  })

  it('sends the browser to the fixed port that was registered', async () => {
    const { name } = await grantdesk().connected({
      ...client,
      clientId: 'pinned',
      redirect: { mode: 'fixed', port: pinnedPort },
    })
    expect(name).toContain('alice')
  })

  it('shows a page of its own for an ephemeral port where a port was registered', async () => {
    const page = await expectNothingComesBack(grantdesk(), { ...client, clientId: 'pinned' })
    expect(page.status).toBe(400)
    expect(page.page).toContain('redirect_uri')
  })

  it('ends the whole family where an answer was lost and the old refresh token is used again', async () => {
    const { id, baseUrl } = await grantdesk().connected(client)
    const held = await grantdesk().held(id)
    grantdesk().wire.loseNextAnswer()
    const failure = await grantdesk().refusal(grantdesk().grantdesk.call('connections.refresh', { id }))
    expect(failure).toMatchObject({ kind: 'refused', status: 400, error: 'invalid_grant' })
    expect((await grantdesk().view(id)).status).toMatchObject({ kind: 'needs_attention', failure })
    expect(await grantdesk().held(id)).toEqual(held)
    expect(await apiStatus(`${baseUrl}/me`, held.access)).toBe(401)
  })
})
