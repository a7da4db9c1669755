// What only a service of one's own shows: a device code and its pauses, another client authentication after a refusal,
// the key where there is no OAuth, several workspaces. A small server stands in for the service.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from '../support/chromium.ts'
import { nextAddress, openedAddresses } from '../support/system-browser.ts'
import { expectAccessible, makeVault } from './person.ts'
import { openServedApp, type ServedApp } from './served-app.ts'

interface Reply {
  status?: number
  location?: string
  json: unknown
}

const tokens: Reply = {
  json: { access_token: 'at-0123456789abcdef', token_type: 'Bearer', expires_in: 3600, scope: 'read' },
}
const refused: Reply = { status: 401, json: { error: 'invalid_client' } }

describe.skipIf(findChromium() === null)('a service of one’s own', () => {
  let grantdesk: ServedApp
  let server: Server
  let baseUrl = ''
  let polls = 0

  function tokenReply(form: URLSearchParams, authorization: string | undefined): Reply {
    if (form.get('grant_type') === 'authorization_code') return tokens
    if (form.get('grant_type') === 'client_credentials') return authorization?.startsWith('Basic ') ? tokens : refused
    polls += 1
    if (polls === 1) return { status: 400, json: { error: 'slow_down' } }
    return polls === 2 ? { status: 400, json: { error: 'authorization_pending' } } : tokens
  }

  /** Installs the app, and of the client “plain” knows plain PKCE alone. */
  function authorizationReply(query: URLSearchParams): Reply {
    const to = new URL(query.get('redirect_uri') ?? '')
    to.searchParams.set('state', query.get('state') ?? '')
    to.searchParams.set('installed_in', 'site-1')
    if (query.get('client_id') !== 'plain' || query.get('code_challenge_method') === 'plain')
      to.searchParams.set('code', 'c-0123456789')
    else {
      to.searchParams.set('error', 'invalid_request')
      to.searchParams.set('error_description', 'not supported value of code_challenge_method')
    }
    return { status: 302, location: to.href, json: {} }
  }

  function reply(path: string, form: URLSearchParams, authorization: string | undefined): Reply {
    const device = { device_code: 'dc-0123456789', user_code: 'WDJB-MJHT', verification_uri: `${baseUrl}/device` }
    if (path === '/device/code') return { json: { ...device, expires_in: 600, interval: 1 } }
    if (path === '/authorize') return authorizationReply(form)
    if (path === '/token') return tokenReply(form, authorization)
    if (path === '/me') return { json: { id: '1', name: 'Ada' } }
    const sites = [1, 2].map((number) => ({ id: `s${number}`, name: `Site ${number}` }))
    return path === '/sites' ? { json: sites } : { status: 404, json: {} }
  }

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1')
      const form = request.method === 'POST' ? new URLSearchParams(body) : searchParams
      const { status = 200, json, location } = reply(pathname, form, request.headers.authorization)
      const headers = { 'content-type': 'application/json', ...(location ? { location } : {}) }
      response.writeHead(status, headers).end(JSON.stringify(json))
    }).listen(0, '127.0.0.1')
    await new Promise((listening) => server.once('listening', listening))
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    grantdesk = await openServedApp()
    await makeVault(grantdesk)
    await press('Services')
    await grantdesk.page
      .locator('input[type=file]')
      .setInputFiles({ name: 'own.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(own())) })
    await grantdesk.page.getByText('Own service').first().waitFor()
  })
  afterAll(async () => {
    await grantdesk?.close()
    server?.closeAllConnections()
    server?.close()
  })

  const own = () => ({
    schema: 2,
    id: 'own-service',
    name: 'Own service',
    base: { default: baseUrl, example: baseUrl },
    endpoints: {
      authorization: '{base}/authorize',
      token: '{base}/token',
      deviceAuthorization: '{base}/device/code',
    },
    registration: { steps: 'Ask for a client.' },
    clientAuthentication: { allowed: ['body', 'basic'], default: 'body' },
    redirect: { anyPort: 'yes' },
    grants: [
      { id: 'device', type: 'device_code', name: 'Device code', refresh: false },
      { id: 'code', type: 'authorization_code', name: 'Authorization code', refresh: false },
      {
        ...{ id: 'bot', type: 'client_credentials', name: 'Bot token', refresh: false },
        installation: { parameter: 'installed_in' },
      },
      { id: 'machine', type: 'client_credentials', name: 'Client credentials', refresh: false },
    ],
    scopes: { separator: ',', default: ['read'] },
    identity: [{ path: '/me', accountId: ['id'], accountName: ['name'] }],
    workspaces: [{ path: '/sites', workspaceId: ['id'], workspaceName: ['name'] }],
  })

  const press = (name: string) => grantdesk.page.getByRole('button', { name, exact: true }).first().click()

  async function begin(service: RegExp, way: string) {
    const { page } = grantdesk
    await press('Grantdesk overview')
    await press('New connection')
    await page.getByRole('button', { name: service }).first().click()
    await page.getByRole('radio', { name: new RegExp(`^${way}`) }).check()
  }

  it('shows the user code large, where to enter it, and longer pauses when the server asks for them', async () => {
    const { page } = grantdesk
    await begin(/^Own service/, 'Device code')
    await page.getByLabel('Client id').fill('tv')
    await press('Continue')
    await page.getByText('sent separated by commas').waitFor()
    await press('Connect')
    await page.getByRole('status', { name: 'User code' }).getByText('WDJB-MJHT').waitFor()
    await page.getByText('Grantdesk asks every 1 s').waitFor()
    await expectAccessible(grantdesk, 'a device code')
    await page.getByText('longer pauses than 1 s').waitFor()
    await grantdesk.screenshot('device-code')
  })

  it('asks which of several workspaces is meant', async () => {
    const { page } = grantdesk
    await page.getByText('Connected', { exact: true }).waitFor()
    await page.getByText('The tokens reach 2 workspaces').waitFor()
    await expectAccessible(grantdesk, 'the choice of a workspace')
    await grantdesk.screenshot('choose-workspace')
    await page.getByLabel('Workspace', { exact: true }).selectOption('Site 2')
    await page.getByText('The tokens reach 2 workspaces').waitFor({ state: 'detached' })
  })

  it('offers the other client authentication after a refusal, and keeps what worked', async () => {
    const { page } = grantdesk
    await begin(/^Own service/, 'Client credentials')
    await page.getByRole('radio', { name: 'A new client' }).check()
    await page.getByLabel('Client id').fill('machine')
    await page.getByLabel('Client secret', { exact: true }).fill('machine-s3cret-0123')
    await press('Continue')
    await press('Connect')
    await page.getByText('invalid_client').first().waitFor()
    await expectAccessible(grantdesk, 'a refused client')
    await grantdesk.screenshot('try-another-authentication')
    await page.getByRole('button', { name: /^Try with: HTTP Basic \(/ }).click()
    await page.getByText('Connected', { exact: true }).waitFor()
    expect(await page.content()).not.toContain('machine-s3cret-0123')
  })

  it('offers another way with PKCE where the server does not take S256, and says what it gives away', async () => {
    const { page, home } = grantdesk
    const opened = join(home, 'bin', 'opened')
    await begin(/^Own service/, 'Authorization code')
    await page.getByRole('radio', { name: 'A new client' }).check()
    await page.getByLabel('Client id').fill('plain')
    await page.getByLabel('Client secret', { exact: true }).fill('plain-s3cret-0123')
    await press('Continue')
    await press('Connect')
    const address = await nextAddress(opened, 1)
    await (await fetch(address)).text()
    await page.getByText('The server does not take PKCE with S256').first().waitFor()
    await page.getByText('anybody who reads the authorization request can use the code').first().waitFor()
    await expectAccessible(grantdesk, 'a server that does not take S256')
    await grantdesk.screenshot('try-pkce')
    expect(await page.getByRole('button', { name: 'Try without PKCE' }).count()).toBe(1)
    await press('Try with PKCE: plain')
    await (await fetch(await nextAddress(opened, 2))).text()
    await page.getByText('Connected', { exact: true }).waitFor()
  })

  it('does not install an app again to ask for its token with another client authentication', async () => {
    const { page, home } = grantdesk
    const opened = join(home, 'bin', 'opened')
    const known = openedAddresses(opened).length
    await begin(/^Own service/, 'Bot token')
    await page.getByRole('radio', { name: 'A new client' }).check()
    await page.getByLabel('Client id').fill('bot')
    await page.getByLabel('Client secret', { exact: true }).fill('bot-s3cret-0123')
    await press('Continue')
    await press('Connect')
    await (await fetch(await nextAddress(opened, known))).text()
    await page.getByText('The app is installed: another try asks for the token alone.').waitFor()
    await expectAccessible(grantdesk, 'a bot whose client is refused')
    await grantdesk.screenshot('try-bot-again')
    await page.getByRole('button', { name: /^Try with: HTTP Basic \(/ }).click()
    await page.getByText('Connected', { exact: true }).waitFor()
    expect(openedAddresses(opened)).toHaveLength(known + 1)
  })

  it('offers the key where the service has no OAuth, and keeps its address', async () => {
    const { page } = grantdesk
    await begin(/^Plane/, 'User token')
    await page.getByLabel('Base URL').fill(baseUrl)
    await page.getByLabel('Client id').fill('app')
    await page.getByLabel('Client secret', { exact: true }).fill('app-s3cret-0123')
    await press('Continue')
    await press('Connect')
    await page.getByRole('button', { name: 'Use the API key instead' }).waitFor()
    await expectAccessible(grantdesk, 'a service without OAuth')
    await grantdesk.screenshot('no-oauth-there')
    await press('Use the API key instead')
    expect(await page.getByRole('radio', { name: 'API key' }).isChecked()).toBe(true)
    expect(await page.getByLabel('Base URL').inputValue()).toBe(baseUrl)
  })
})
