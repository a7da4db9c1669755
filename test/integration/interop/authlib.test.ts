// Authlib, the library of many Python servers, as an OpenID provider that is discovered: ID tokens, userinfo, introspection,
// verified revocation, a redirect URI that was registered before, and what HTTP Basic carries there.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ForeignServer, freePort, startForeignServer } from '../../support/foreign-server.ts'
import { oddSecret } from '../../support/interop-app.ts'
import { interopApp } from '../interop-suite.ts'
import { authlib } from './authorization-servers.ts'
import { allPassed, connectAtExactly, discover, discoveredId, idTokenChecks } from './discovered-provider.ts'

let server: ForeignServer | null = null
let pinnedPort = 0

const missing = 'skipped: Authlib is not installed and cannot be'

beforeAll(async () => {
  if (!authlib.ensure()) return console.log(missing)
  pinnedPort = await freePort()
  server = await startForeignServer({ ...authlib.program, environment: { PINNED_PORT: String(pinnedPort) } })
}, 15 * 60_000)
afterAll(async () => {
  await server?.stop()
})

const client = { clientId: 'odd', clientSecret: oddSecret, clientAuthentication: 'basic' as const }
const scopes = ['openid', 'profile', 'read']

describe('Authlib, discovered', () => {
  const app = interopApp(() => server && { id: discoveredId, baseUrl: server.baseUrl }, {
    missing,
    prepare: (at) => discover(at, server?.baseUrl ?? ''),
  })
  const connect = (clientId: string, clientSecret = oddSecret) =>
    app().connect({ ...client, clientId, clientSecret }, { scopes })

  it('is described with every endpoint and grant that it publishes', async () => {
    const { description, notes } = await discover(app(), server?.baseUrl ?? '')
    expect(description).toMatchObject({
      endpoints: {
        authorization: '{base}/authorize',
        token: '{base}/token',
        revocation: '{base}/revocation',
        introspection: '{base}/introspection',
        deviceAuthorization: '{base}/device_authorization',
      },
      issuer: { url: server?.baseUrl, inRedirect: true },
      openid: { jwksUri: '{base}/jwks' },
      pkce: 'S256',
      clientAuthentication: { allowed: ['basic', 'basic-raw', 'body', 'none'] },
      identity: [{ path: '/userinfo' }],
    })
    expect(description.grants.map(({ type }) => type)).toEqual([
      'authorization_code',
      'client_credentials',
      'password',
      'device_code',
    ])
    expect(notes).toEqual([])
  })

  it('gives an ID token that passes every check, userinfo and what introspection says', async () => {
    const attempt = await connect('odd')
    expect(await idTokenChecks(app(), attempt)).toEqual(allPassed)
    if (attempt.state !== 'done') throw new Error(JSON.stringify(attempt))
    expect(await app().view(attempt.connectionId)).toMatchObject({
      account: { id: 'alice', name: 'Alice' },
      scopes: { granted: scopes, reported: scopes },
      introspection: { active: true, subject: 'alice', username: 'alice' },
    })
  })

  it('whose ID token carries another nonce than was asked for is not believed, and nothing is stored', async () => {
    const attempt = await connect('forged')
    expect(attempt).toMatchObject({ state: 'failed', failure: { message: expect.stringContaining('nonce') } })
    expect(await idTokenChecks(app(), attempt)).toContain('nonce failed')
    expect((await app().grantdesk.call('app.snapshot', {})).connections).toEqual([])
  })

  it('says by introspection that the refresh token ended with the revocation, too', async () => {
    const { id } = await app().connected(client, { scopes })
    expect(await app().grantdesk.call('connections.revoke', { id })).toMatchObject({ outcome: 'revoked' })
    const flow = (await app().flows(id)).find(({ kind }) => kind === 'revoke')
    expect(flow?.events).toContainEqual(
      expect.objectContaining({ kind: 'check', which: 'introspection', found: 'refresh_token', result: 'passed' }),
    )
  })

  it('comes back to the redirect URI that was registered', async () => {
    const uri = `http://localhost:${pinnedPort}/oauth/callback`
    const { sent, redirect, attempt } = await connectAtExactly(app(), { ...client, clientId: 'own' }, uri, { scopes })
    expect(sent).toBe(uri)
    expect(redirect).toContain(`${uri}?`)
    expect(attempt).toMatchObject({ state: 'done' })
  })

  it('reads a blank of the client secret from Basic, though it takes "+" for itself', async () => {
    expect(await connect('blank', 'two words')).toMatchObject({ state: 'done' })
  })

  it('names a method that then works where the client’s own is refused', async () => {
    const refused = await app().connect({ ...client, clientId: 'basic-only', clientAuthentication: 'body' }, { scopes })
    expect(refused).toMatchObject({ failure: { error: 'invalid_client', tryAuthentication: ['basic', 'basic-raw'] } })
    expect(await connect('basic-only')).toMatchObject({ state: 'done' })
  })
})
