// The built-in service Planio against Doorkeeper at Planio's paths: Planio is a Redmine, and Redmine's OAuth is
// Doorkeeper. Twice, because what becomes of an old refresh token depends on one column of its tables.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ensureDebianPackages } from '../../build/debian-packages.ts'
import { ensureChromium } from '../support/chromium.ts'
import { type ForeignServer, freePort, serverScript, startForeignServer } from '../support/foreign-server.ts'
import { oddSecret } from '../support/interop-app.ts'
import { WebSession } from '../support/web-session.ts'
import { apiStatus, describeInterop, expectNothingComesBack, interopApp } from './interop-suite.ts'

const missing = 'skipped: Doorkeeper or Chromium is not installed and cannot be'
const packages = ['ruby-doorkeeper', 'ruby-rails', 'ruby-sqlite3', 'puma', 'ruby-sprockets-rails']
const client = { clientId: 'odd', clientSecret: oddSecret, clientAuthentication: 'body' as const }
const plain = { clientId: 'plain', clientSecret: 's3cret-of-plain' }
const api = '/users/current.json'

let pinnedPort = 0
/** As Redmine: the old refresh token lives until the new access token is first used. */
let lenient: ForeignServer | null = null
/** Without that column: it dies with the refresh. */
let strict: ForeignServer | null = null

function start(previousRefreshTokenLives: boolean): Promise<ForeignServer> {
  return startForeignServer({
    command: (port) => [
      '/usr/bin/puma',
      '-q',
      '-t',
      '1:4',
      '-b',
      `tcp://127.0.0.1:${port}`,
      serverScript('doorkeeper.ru'),
    ],
    readyPath: '/login',
    environment: { PINNED_PORT: String(pinnedPort), DK_PREV: previousRefreshTokenLives ? '1' : '0' },
  })
}

beforeAll(async () => {
  if (!ensureDebianPackages(packages) || !ensureChromium()) return console.log(missing)
  pinnedPort = await freePort()
  ;[lenient, strict] = await Promise.all([start(true), start(false)])
}, 15 * 60_000)
afterAll(async () => {
  await lenient?.stop()
  await strict?.stop()
})

/** The status of a refresh past the application, with a refresh token that it no longer holds. */
async function refreshElsewhere(baseUrl: string, refreshToken: string): Promise<number> {
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: client.clientId,
    client_secret: client.clientSecret,
  })
  return (await fetch(`${baseUrl}/oauth/token`, { method: 'POST', body })).status
}

describe('Planio at Doorkeeper', () => {
  const grantdesk = interopApp(() => lenient && { id: 'planio', baseUrl: lenient.baseUrl }, { missing })

  describeInterop({
    grantdesk,
    client,
    clients: [
      // It decodes nothing of what Basic carries.
      { ...client, clientAuthentication: 'basic', taken: false },
      { ...plain, clientAuthentication: 'basic', taken: true },
      { ...plain, clientAuthentication: 'basic-raw', taken: true },
    ],
    account: 'Alice Foreign',
    api: { path: api, deadStatus: 401, revocation: '/oauth/revoke' },
    denied: 'The resource owner or authorization server denied the request.',
  })

  it('names the account, and its scopes are permissions', async () => {
    expect(await grantdesk().connected(client, { scopes: ['view_issues', 'view_project'] })).toMatchObject({
      name: 'Alice Foreign · Planio',
      account: { id: '1', name: 'Alice Foreign', email: 'alice@example.com', detail: 'alice' },
      workspace: null,
      scopes: {
        requested: ['view_issues', 'view_project'],
        granted: ['view_issues', 'view_project'],
        // What the token's info says.
        reported: ['view_issues', 'view_project'],
      },
    })
  })

  it('shows a page of its own for a permission that the application was not registered with', async () => {
    const { page } = await expectNothingComesBack(grantdesk(), client, { scopes: ['view_project', 'admin'] })
    expect(page).toContain('The requested scope is invalid')
  })

  it('does not ask the person again for what was allowed already', async () => {
    const person = new WebSession()
    const first = await grantdesk().connected(client, { person })
    // Nobody would press Deny here: there is no page to press it on.
    const second = await grantdesk().connected(client, { person, decision: 'deny' })
    expect(second.name).toBe(`${first.name} 2`)
  })

  it('takes any port of 127.0.0.1, the fixed one that was registered and an ephemeral one', async () => {
    const pinned = { ...client, clientId: 'pinned' }
    await grantdesk().connected({ ...pinned, redirect: { mode: 'fixed', port: pinnedPort } })
    expect(new URL(grantdesk().grantdesk.ports.opened.at(-1) ?? '').searchParams.get('redirect_uri')).toBe(
      `http://127.0.0.1:${pinnedPort}/callback`,
    )
    await grantdesk().connected({ ...pinned, redirect: { mode: 'ephemeral' } })
  })

  it('shows the server’s words where it refuses to revoke, and that the token still works', async () => {
    const { id, baseUrl, expiresAt } = await grantdesk().connected(client)
    await grantdesk().save({ ...client, clientSecret: 'another-secret' })
    const revocation = await grantdesk().grantdesk.call('connections.revoke', { id })
    expect(revocation).toMatchObject({ outcome: 'refused', worksUntil: expiresAt })
    expect(revocation.words).toMatch(/\(unauthorized_client\); the access token still works, until/)
    expect((await grantdesk().view(id)).status).toEqual({ kind: 'good' })
    expect(await apiStatus(baseUrl + api, (await grantdesk().held(id)).access)).toBe(200)
  })

  it('gives tokens for the old refresh token again where the answer to a refresh was lost', async () => {
    const { id } = await grantdesk().connected(client)
    grantdesk().wire.loseNextAnswer()
    expect((await grantdesk().grantdesk.call('connections.refresh', { id })).status).toEqual({ kind: 'good' })
    expect(grantdesk().wire.refreshes()).toHaveLength(2)
    expect((await grantdesk().grantdesk.call('connections.identify', { id })).account?.name).toBe('Alice Foreign')
  })

  it('ends the old refresh token when the new access token is first used', async () => {
    const { id, baseUrl } = await grantdesk().connected(client)
    const old = await grantdesk().held(id)
    await grantdesk().grantdesk.call('connections.refresh', { id })
    await grantdesk().grantdesk.call('connections.identify', { id })
    expect(await refreshElsewhere(baseUrl, old.refresh)).toBe(400)
    expect((await grantdesk().grantdesk.call('connections.refresh', { id })).status).toEqual({ kind: 'good' })
  })
})

describe('Planio at a Doorkeeper that ends the old refresh token at once', () => {
  const grantdesk = interopApp(() => strict && { id: 'planio', baseUrl: strict.baseUrl }, { missing })

  it('is refreshed again and again', async () => {
    const { id, baseUrl } = await grantdesk().connected(client)
    for (let time = 0; time < 2; time++) {
      const old = await grantdesk().held(id)
      await grantdesk().grantdesk.call('connections.refresh', { id })
      expect(await refreshElsewhere(baseUrl, old.refresh)).toBe(400)
    }
    expect((await grantdesk().view(id)).status).toEqual({ kind: 'good' })
  })

  it('refuses after a lost answer; the connection needs attention and keeps its tokens', async () => {
    const { id } = await grantdesk().connected(client)
    const held = await grantdesk().held(id)
    grantdesk().wire.loseNextAnswer()
    const failure = await grantdesk().refusal(grantdesk().grantdesk.call('connections.refresh', { id }))
    expect(failure).toMatchObject({ kind: 'refused', status: 400, error: 'invalid_grant' })
    expect((await grantdesk().view(id)).status).toMatchObject({ kind: 'needs_attention', failure })
    expect(await grantdesk().held(id)).toEqual(held)
  })

  it('is revoked, and the API says so', async () => {
    const { id } = await grantdesk().connected(client)
    await grantdesk().grantdesk.call('connections.refresh', { id })
    expect(await grantdesk().grantdesk.call('connections.revoke', { id })).toMatchObject({ outcome: 'revoked' })
  })
})
