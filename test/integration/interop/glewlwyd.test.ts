// Glewlwyd, a single sign-on server that one installs from Debian, discovered as an OpenID provider: its pages are drawn by a
// script, its metadata names no refresh, and it refuses without a word. ID tokens, userinfo, introspection, verified
// revocation, pushed authorization requests and a redirect URI of one's own.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureChromium } from '../../support/chromium.ts'
import { type ForeignServer, freePort, startForeignServer } from '../../support/foreign-server.ts'
import { oddSecret } from '../../support/interop-app.ts'
import { interopApp } from '../interop-suite.ts'
import { glewlwyd } from './authorization-servers.ts'
import { allPassed, connectAtExactly, discover, discoveredId, idTokenChecks } from './discovered-provider.ts'

let server: ForeignServer | null = null
let pinnedPort = 0

const missing = 'skipped: Glewlwyd or Chromium is not installed and cannot be'

beforeAll(async () => {
  if (!ensureChromium() || !glewlwyd.ensure()) return console.log(missing)
  pinnedPort = await freePort()
  server = await startForeignServer({ ...glewlwyd.program, environment: { PINNED_PORT: String(pinnedPort) } })
}, 15 * 60_000)
afterAll(async () => {
  await server?.stop()
})

const client = { clientId: 'odd', clientSecret: oddSecret, clientAuthentication: 'body' as const }
const scopes = ['openid', 'read']
const issuer = () => `${server?.baseUrl}/api/oidc`

describe('Glewlwyd, discovered', () => {
  const app = interopApp(() => server && { id: discoveredId, baseUrl: issuer(), openSession: glewlwyd.openSession }, {
    missing,
    prepare: (at) => discover(at, issuer()),
  })
  const connect = (path = '/callback', host = '127.0.0.1') =>
    connectAtExactly(app(), client, `http://${host}:${pinnedPort}${path}`, { scopes })
  const connected = async () => {
    const { attempt } = await connect()
    if (attempt.state !== 'done') throw new Error(JSON.stringify(attempt))
    return { attempt, view: await app().view(attempt.connectionId) }
  }

  it('is described by its metadata, an issuer with a path', async () => {
    const { source, description } = await discover(app(), issuer())
    expect(source).toBe(`${issuer()}/.well-known/openid-configuration`)
    expect(description).toMatchObject({
      base: { default: issuer() },
      endpoints: {
        authorization: '{base}/auth',
        revocation: '{base}/revoke',
        introspection: '{base}/introspect',
        deviceAuthorization: '{base}/device_authorization',
      },
      issuer: { url: issuer() },
      openid: { jwksUri: '{base}/jwks' },
      identity: [{ path: '/userinfo' }],
    })
  })

  it('gives an ID token that passes every check, userinfo and what introspection says', async () => {
    const { attempt, view } = await connected()
    expect(await idTokenChecks(app(), attempt)).toEqual(allPassed)
    expect(view).toMatchObject({
      account: { name: 'Alice' },
      scopes: { granted: scopes, reported: scopes },
      introspection: { active: true, username: 'alice' },
    })
  })

  it('refreshes although its metadata names no refresh', async () => {
    const { view } = await connected()
    expect(view.refreshable).toBe(true)
    const before = await app().held(view.id)
    await app().grantdesk.call('connections.refresh', { id: view.id })
    expect((await app().held(view.id)).refresh).not.toBe(before.refresh)
  })

  it('ends both tokens when they are revoked', async () => {
    const { view } = await connected()
    expect(await app().grantdesk.call('connections.revoke', { id: view.id })).toMatchObject({ outcome: 'revoked' })
    const flow = (await app().flows(view.id)).find(({ kind }) => kind === 'revoke')
    expect(flow?.events).toContainEqual(
      expect.objectContaining({ kind: 'check', which: 'introspection', found: 'refresh_token', result: 'passed' }),
    )
  })

  it('comes back to the redirect URI that was registered', async () => {
    const { sent, redirect, attempt } = await connect('/oauth/callback', 'localhost')
    expect(sent).toBe(`http://localhost:${pinnedPort}/oauth/callback`)
    expect(redirect).toContain(`${sent}?`)
    expect(attempt).toMatchObject({ state: 'done' })
  })

  it('takes a request that was pushed before the browser opens', async () => {
    const { description } = await discover(app(), issuer())
    const endpoints = { ...description.endpoints, pushedAuthorization: '{base}/par' }
    const text = JSON.stringify({ ...description, id: discoveredId, endpoints })
    await app().grantdesk.call('services.import', { text, replace: true })
    const { attempt } = await connected()
    expect(await idTokenChecks(app(), attempt)).toEqual(allPassed)
    expect(app().wire.sent).toContainEqual(expect.objectContaining({ path: '/api/oidc/par', status: 201 }))
  })

  it('refuses a refresh without a word, and the remedy names the client, too', async () => {
    const { view } = await connected()
    const redirect = { mode: 'exact' as const, uri: `http://127.0.0.1:${pinnedPort}/callback` }
    await app().save({ ...client, clientSecret: 'another-secret', redirect })
    const failure = await app().refusal(app().grantdesk.call('connections.refresh', { id: view.id }))
    expect(failure).toMatchObject({
      message: expect.stringContaining('gave no reason (status 400)'),
      remedy: expect.stringContaining('client secret'),
    })
  })
})
