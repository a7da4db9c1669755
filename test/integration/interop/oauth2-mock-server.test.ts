// oauth2-mock-server, which projects test their own clients against: ID tokens that nobody asked for, metadata that names little,
// revocations that are accepted and end nothing, and every redirect URI.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureChromium } from '../../support/chromium.ts'
import { type ForeignServer, startForeignServer } from '../../support/foreign-server.ts'
import { oddSecret } from '../../support/interop-app.ts'
import { interopApp } from '../interop-suite.ts'
import { mockServer } from './authorization-servers.ts'
import { allPassed, connectAtExactly, discover, discoveredId, idTokenChecks } from './discovered-provider.ts'

let server: ForeignServer | null = null

const missing = 'skipped: Chromium is not installed and cannot be'

beforeAll(async () => {
  if (!ensureChromium()) return console.log(missing)
  server = await startForeignServer(mockServer.program)
})
afterAll(async () => {
  await server?.stop()
})

const client = { clientId: 'odd', clientSecret: oddSecret, clientAuthentication: 'body' as const }
const openid = { grantId: 'authorization_code', scopes: ['openid'] }
/** It calls itself by the name, not by the number. */
const issuer = () => (server?.baseUrl ?? '').replace('127.0.0.1', 'localhost')

describe('oauth2-mock-server, discovered', () => {
  const app = interopApp(() => server && { id: discoveredId, baseUrl: issuer() }, {
    missing,
    prepare: (at) => discover(at, issuer()),
  })

  it('is found under the name that it calls itself by alone, and what it does not publish is noted', async () => {
    const { description, notes } = await discover(app(), issuer())
    expect(description).toMatchObject({
      issuer: { url: issuer(), inRedirect: false },
      endpoints: { introspection: '{base}/introspect', revocation: '{base}/revoke' },
      clientAuthentication: { allowed: ['none'] },
      scopes: { default: [] },
    })
    expect(notes).toEqual(['The scopes are not named: enter what the service documents.'])
    expect(await app().refusal(discover(app(), server?.baseUrl ?? ''))).toMatchObject({
      message: expect.stringContaining(issuer()),
    })
  })

  it('gives an ID token that passes every check, and userinfo names the account', async () => {
    const attempt = await app().connect(client, openid)
    expect(await idTokenChecks(app(), attempt)).toEqual(allPassed)
    if (attempt.state !== 'done') throw new Error(JSON.stringify(attempt))
    const view = await app().view(attempt.connectionId)
    expect(view).toMatchObject({ account: { id: 'johndoe' }, introspection: { active: true, subject: null } })
  })

  it('has an accepted revocation shown as what it is: nothing ended', async () => {
    const { id } = await app().connected(client, openid)
    expect(await app().grantdesk.call('connections.revoke', { id })).toMatchObject({
      outcome: 'still_works',
      words: expect.stringContaining('but the access token still works'),
    })
    expect((await app().view(id)).status).toMatchObject({ kind: 'revocation_accepted' })
    expect(await app().grantdesk.call('connections.checkRevocation', { id })).toMatchObject({ outcome: 'still_works' })
  })

  it.each(['https://myapp.example/auth/callback', 'com.example.app:/cb'])(
    'sends the browser to %s, and the address is pasted back',
    async (uri) => {
      const { sent, redirect, attempt } = await connectAtExactly(app(), client, uri, openid)
      expect(sent).toBe(uri)
      expect(redirect).toContain(`${uri}?`)
      expect(attempt).toMatchObject({ state: 'done' })
    },
  )

  it('addresses ID tokens to the client id as Basic spells it, which are refused; by body they are right', async () => {
    const odd = { ...client, clientId: 'team@example.com' }
    const refused = await app().connect({ ...odd, clientAuthentication: 'basic' }, openid)
    expect(await idTokenChecks(app(), refused)).toContain('id_token_audience failed')
    expect(refused).toMatchObject({ state: 'failed', failure: { message: expect.stringContaining('another client') } })
    expect(await app().connect(odd, openid)).toMatchObject({ state: 'done' })
  })
})
