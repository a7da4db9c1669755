// What a strict, certified server takes beside the usual way: client credentials in every client authentication, a
// client without a secret, resource indicators, and an issuer in the redirect. Each row says what comes of it; a refused
// client authentication has to name one that then works.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Attempt } from '../../../contract/attempt.ts'
import type { ProcedureInput } from '../../../contract/procedures.ts'
import type { ClientAuthentication } from '../../../contract/service.ts'
import { type ForeignServer, serverScript, startForeignServer } from '../../support/foreign-server.ts'
import { type ForeignClient, type InteropApp, oddSecret, openInteropApp } from '../../support/interop-app.ts'

const resource = 'https://api.example.com/'
const wrongIssuer = 'http://127.0.0.1:9/somebody-else'

const description = (issuer: string) => ({
  schema: 2,
  id: 'strict-server',
  name: 'Strict server',
  base: { default: null, example: 'https://login.example.com' },
  endpoints: { authorization: '{base}/auth', token: '{base}/token', revocation: '{base}/token/revocation' },
  issuer: { url: issuer, inRedirect: true },
  registration: { steps: 'Ask the server’s operator.' },
  clientAuthentication: { allowed: ['basic', 'basic-raw', 'body', 'none'], default: 'basic' },
  redirect: { anyPort: 'yes' },
  grants: [
    { id: 'code', type: 'authorization_code', name: 'Authorization code' },
    { id: 'client', type: 'client_credentials', name: 'Client credentials', refresh: false },
  ],
  scopes: { default: ['openid', 'read'] },
  identity: [{ path: '/me', accountId: ['sub'], accountName: ['sub'] }],
})

let server: ForeignServer
let at: InteropApp

beforeAll(async () => {
  server = await startForeignServer({
    command: (port) => [process.execPath, serverScript('oidc-provider.ts'), String(port)],
    readyPath: '/.well-known/openid-configuration',
  })
})
afterAll(async () => {
  await server.stop()
})

async function describeService(issuer: string): Promise<void> {
  await at.grantdesk.call('services.import', { text: JSON.stringify(description(issuer)), replace: true })
}

beforeEach(async () => {
  at = await openInteropApp({ id: 'strict-server', baseUrl: server.baseUrl })
  await describeService(server.baseUrl)
})
afterEach(async () => {
  const leaks = await at.leaks()
  await at.grantdesk.close()
  expect(leaks).toEqual([])
})

async function byClientCredentials(
  client: ForeignClient,
  more: Partial<ProcedureInput<'connect.start'>> = {},
): Promise<Attempt> {
  const { id } = await at.save(client)
  const { id: attempt } = await at.grantdesk.call('connect.start', {
    client: { id },
    grantId: 'client',
    scopes: ['read'],
    ...more,
  })
  return at.grantdesk.settled(attempt)
}

const connections = async () => (await at.grantdesk.call('app.snapshot', {})).connections

describe('client credentials', () => {
  it.each<[string, ClientAuthentication, 'works' | 'refused']>([
    ['machine', 'basic', 'works'],
    ['machine', 'basic-raw', 'refused'],
    ['machine', 'body', 'works'],
    ['machine', 'none', 'refused'],
    ['machine-post', 'basic', 'works'],
    ['machine-post', 'basic-raw', 'refused'],
    ['machine-post', 'body', 'works'],
    ['machine-post', 'none', 'refused'],
  ])('of %s by %s: %s', async (clientId, clientAuthentication, outcome) => {
    const client = { clientId, clientSecret: oddSecret, clientAuthentication }
    const attempt = await byClientCredentials(client)
    if (outcome === 'works') return expect(attempt.state).toBe('done')
    expect(attempt).toMatchObject({
      state: 'failed',
      failure: { kind: 'refused', by: 'token_endpoint', error: 'invalid_client' },
    })
    expect(await connections()).toEqual([])
    const others = attempt.state === 'failed' && attempt.failure.kind === 'refused' && attempt.failure.tryAuthentication
    const [likeliest] = others || []
    if (!likeliest) throw new Error('No other client authentication was named')
    expect((await byClientCredentials({ ...client, clientAuthentication: likeliest })).state).toBe('done')
  })

  it('give a token for the API that a resource indicator names', async () => {
    const machine = { clientId: 'machine', clientSecret: oddSecret, clientAuthentication: 'basic' as const }
    const attempt = await byClientCredentials(machine, { resources: [resource] })
    if (attempt.state !== 'done') throw new Error(JSON.stringify(attempt))
    expect(await at.grantdesk.call('connections.inspect', { id: attempt.connectionId })).toMatchObject({
      accessToken: { format: 'jwt', claims: { aud: resource, scope: 'read' } },
    })
  })

  it('so does a code, and each refresh after it', async () => {
    const machine = { clientId: 'all', clientSecret: oddSecret, clientAuthentication: 'basic' as const }
    const { id } = await at.connected(machine, { grantId: 'code', scopes: ['read'], resources: [resource] })
    const claims = { accessToken: { format: 'jwt', claims: { aud: resource, scope: 'read' } } }
    expect(await at.grantdesk.call('connections.inspect', { id })).toMatchObject(claims)
    const before = await at.held(id)
    await at.grantdesk.call('connections.refresh', { id })
    expect(await at.grantdesk.call('connections.inspect', { id })).toMatchObject(claims)
    expect((await at.held(id)).access).not.toBe(before.access)
  })

  it('are refused for an API that the server does not know', async () => {
    const machine = { clientId: 'machine', clientSecret: oddSecret, clientAuthentication: 'basic' as const }
    expect(await byClientCredentials(machine, { resources: ['https://other.example.com/'] })).toMatchObject({
      state: 'failed',
      failure: { kind: 'refused', by: 'token_endpoint', error: 'invalid_target' },
    })
  })
})

describe('a client without a secret', () => {
  const open = { clientId: 'public', clientSecret: '', clientAuthentication: 'none' as const }

  it('connects with PKCE, and the issuer in the redirect is the right one', async () => {
    expect((await at.connected(open)).account?.name).toBe('alice')
  })

  it('gets nothing from a redirect in another issuer’s name', async () => {
    await describeService(wrongIssuer)
    const { attempt, end } = await at.visit(open)
    expect(end).toMatchObject({
      status: 400,
      words: expect.stringContaining('not the answer that Grantdesk waits for'),
    })
    expect(at.grantdesk.attempt(attempt.id).state).not.toBe('done')
    await at.grantdesk.call('connect.cancel', { id: attempt.id })
    expect((await at.grantdesk.settled(attempt.id)).state).toBe('failed')
    expect(at.wire.sent.filter(({ grantType }) => grantType !== null)).toEqual([])
    expect(await connections()).toEqual([])
  })
})
