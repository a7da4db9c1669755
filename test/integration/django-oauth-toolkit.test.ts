// The built-in service Plane against django-oauth-toolkit at Plane's paths: Plane is a Django application, and what this
// library answers is the nearest thing to its words.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureDebianPackages } from '../../build/debian-packages.ts'
import { eventOutcome, eventTitle } from '../../contract/flow/words.ts'
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

const missing = 'skipped: django-oauth-toolkit or Chromium is not installed and cannot be'
const client = { clientId: 'odd', clientSecret: oddSecret, clientAuthentication: 'body' as const }
const plain = { clientId: 'plain', clientSecret: 's3cret-of-plain' }
const api = '/api/v2/users/me/'

let server: ForeignServer | null = null
let pinnedPort = 0
/** Where the same endpoints stand with the library's own revocation, which reads forms only. */
let stock = ''

beforeAll(async () => {
  if (!ensureDebianPackages(['python3-django-oauth-toolkit']) || !ensureChromium()) return console.log(missing)
  pinnedPort = await freePort()
  server = await startForeignServer({
    command: (port) => ['/usr/bin/python3', serverScript('django-oauth-toolkit.py'), String(port)],
    readyPath: '/login/',
    environment: { PINNED_PORT: String(pinnedPort) },
  })
}, 15 * 60_000)
afterAll(async () => {
  await server?.stop()
})

describe('Plane at django-oauth-toolkit', () => {
  const grantdesk = interopApp(() => server && { id: 'plane', baseUrl: server.baseUrl + stock }, { missing })

  describeInterop({
    grantdesk,
    client,
    clients: [
      // It decodes what Basic carries, as the RFC has it.
      { ...client, clientAuthentication: 'basic-raw', taken: false },
      { ...plain, clientAuthentication: 'basic', taken: true },
      { ...plain, clientAuthentication: 'basic-raw', taken: true },
    ],
    account: 'Alice',
    // An empty page with 403, where most APIs say 401.
    api: { path: api, deadStatus: 403, revocation: '/auth/o/revoke-token/' },
    denied: null,
  })

  describeOwnRedirects(grantdesk, { client, port: () => pinnedPort })

  it('names account and workspace, and reads the scopes three times: asked, granted, reported', async () => {
    expect(await grantdesk().connected(client, { scopes: ['read'] })).toMatchObject({
      name: 'Alice · Foreign Works',
      account: { id: '1', name: 'Alice', email: 'alice@example.com', detail: 'user' },
      workspace: { id: 'workspace-1', name: 'Foreign Works', slug: 'foreign-works' },
      scopes: { requested: ['read'], granted: ['read'], reported: ['read'] },
    })
  })

  it('refuses a bot token by the usual method, offers the other spelling of Basic, and renews by the one that worked', async () => {
    const bot = { ...client, clientId: 'odd-bot' }
    const bots = { grantId: 'bot_token', scopes: ['read'] }
    const refused = await grantdesk().connect(bot, bots)
    expect(refused).toMatchObject({
      failure: { error: 'invalid_client', tryAuthentication: expect.arrayContaining(['basic', 'body']) },
    })
    const { id } = await grantdesk().connected({ ...bot, grantAuthentication: { bot_token: 'basic' } }, bots)
    expect(await grantdesk().view(id)).toMatchObject({
      actsAs: 'the app’s bot',
      workspace: { name: 'Foreign Works', slug: 'foreign-works', detail: 'bot bot-1 · status installed' },
    })
    const before = await grantdesk().token(id)
    await grantdesk().grantdesk.call('connections.refresh', { id })
    expect(await grantdesk().token(id)).not.toBe(before)
  })

  it('says by introspection that a token is active, and what it may do', async () => {
    const call = grantdesk().grantdesk.call
    const { text } = await call('services.export', { id: 'plane' })
    const plane = JSON.parse(text ?? '')
    const endpoints = { ...plane.endpoints, introspection: '{base}/auth/o/introspect/' }
    await call('services.import', { text: JSON.stringify({ ...plane, endpoints }), replace: true })
    const { introspection } = await grantdesk().connected(client, { scopes: ['read'] })
    await call('services.import', { text: text ?? '', replace: true })
    expect(introspection).toMatchObject({ active: true, username: 'alice', scopes: ['read'] })
  })

  it('refuses a scope it does not know, and the remedy is to choose fewer', async () => {
    expect(await grantdesk().connect(client, { scopes: ['read', 'made-up'] })).toMatchObject({
      state: 'failed',
      failure: {
        kind: 'refused',
        by: 'authorization_endpoint',
        error: 'invalid_scope',
        remedy: expect.stringContaining('Choose fewer scopes'),
      },
    })
  })

  it('sends the browser to the fixed port that was registered', async () => {
    const pinned = { ...client, clientId: 'pinned', redirect: { mode: 'fixed' as const, port: pinnedPort } }
    expect((await grantdesk().save(pinned)).redirectUri).toBe(`http://127.0.0.1:${pinnedPort}/callback`)
    await grantdesk().connected(pinned)
  })

  it('shows a page of its own for an ephemeral port where a port was registered', async () => {
    const page = await expectNothingComesBack(grantdesk(), { ...client, clientId: 'pinned' })
    expect(page.status).toBe(400)
    expect(page.page).toContain('Mismatching redirect URI')
  })

  it('refuses the old refresh token where the answer to a refresh was lost, and the tokens are kept', async () => {
    const { id } = await grantdesk().connected(client)
    const held = await grantdesk().held(id)
    grantdesk().wire.loseNextAnswer()
    const failure = await grantdesk().refusal(grantdesk().grantdesk.call('connections.refresh', { id }))
    expect(failure).toMatchObject({ kind: 'refused', error: 'invalid_grant' })
    expect((await grantdesk().view(id)).status.kind).toBe('needs_attention')
    expect(await grantdesk().held(id)).toEqual(held)
  })

  it('breaks with a page where the access token was revoked elsewhere; that is no refusal and changes nothing', async () => {
    const { id, baseUrl } = await grantdesk().connected(client)
    const held = await grantdesk().held(id)
    const body = new URLSearchParams({ token: held.access, client_id: 'odd', client_secret: oddSecret })
    expect((await fetch(`${baseUrl}/auth/o/revoke-token/`, { method: 'POST', body })).status).toBe(200)
    expect(await apiStatus(baseUrl + api, held.access)).toBe(403)
    expect(await grantdesk().refusal(grantdesk().grantdesk.call('connections.refresh', { id }))).toMatchObject({
      kind: 'unexpected_answer',
      status: 500,
      message: expect.stringContaining('Server Error'),
      remedy: expect.stringContaining('Nothing was changed'),
    })
    expect((await grantdesk().view(id)).status).toEqual({ kind: 'good' })
    expect(await grantdesk().held(id)).toEqual(held)
  })

  describe('where revocation reads forms only', () => {
    beforeAll(() => {
      stock = '/stock'
    })
    afterAll(() => {
      stock = ''
    })

    it('is refused in JSON, sends a form, and the API says that the token is dead', async () => {
      const { id, baseUrl } = await grantdesk().connected(client)
      const held = await grantdesk().held(id)
      expect(await grantdesk().grantdesk.call('connections.revoke', { id })).toMatchObject({ outcome: 'revoked' })
      expect((await grantdesk().view(id)).status.kind).toBe('revoked')
      expect(await apiStatus(baseUrl + api, held.access)).toBe(403)
      const flow = (await grantdesk().flows(id)).find(({ kind }) => kind === 'revoke')
      expect(flow?.events.slice(0, 4).map((event) => [eventTitle(event), eventOutcome(event)])).toEqual([
        ['Revoke the refresh token', 'failed'],
        ['Revoke the access token', 'failed'],
        ['Revoke the refresh token, as a form', 'succeeded'],
        ['Revoke the access token, as a form', 'succeeded'],
      ])
    })
  })
})
