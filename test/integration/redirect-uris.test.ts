// Redirect URIs as the person registered them, at the door, against the practice services: what is sent, where it is listened
// for, and how an answer comes from where nobody here can listen.
import { createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Attempt } from '../../contract/attempt.ts'
import type { ClientView } from '../../contract/client.ts'
import { forwardingRules } from '../../contract/forwarding.ts'
import { forwardingTarget, type RedirectChoice } from '../../contract/redirect-uri.ts'
import { freePort } from '../support/foreign-server.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { visit } from './practice-browser.ts'

let grantdesk: TestApp
let client: ClientView
beforeEach(async () => {
  grantdesk = await openTestApp()
  const practice = await grantdesk.call('practice.start', {})
  const clientId = practice.state === 'running' && practice.services.find((one) => one.serviceId === 'planio')?.clientId
  const { clients } = await grantdesk.call('app.snapshot', {})
  const found = clients.find(({ id }) => id === clientId)
  if (!found) throw new Error('practice has no client at Planio')
  client = found
})
afterEach(() => grantdesk.close())

const inputOf = ({ id, serviceId, baseUrl, clientId, clientAuthentication, redirect }: ClientView) => ({
  ...{ id, serviceId, baseUrl, clientId, clientAuthentication, redirect },
})

async function register(redirect: RedirectChoice): Promise<ClientView> {
  client = await grantdesk.call('clients.save', { ...inputOf(client), redirect })
  return client
}

async function begin(more: { reconnect?: string } = {}) {
  const start = { grantId: 'authorization_code', scopes: ['view_project'], openBrowser: false, ...more }
  const attempt = await grantdesk.call('connect.start', { ...start, client: { id: client.id } })
  if (!('authorizationUrl' in attempt)) throw new Error(JSON.stringify(attempt))
  return { ...attempt, sent: new URL(attempt.authorizationUrl).searchParams.get('redirect_uri') }
}

async function allowed(attempt: { authorizationUrl: string }): Promise<URL> {
  const { redirect } = await visit(attempt.authorizationUrl)
  if (!redirect) throw new Error('the service kept the browser')
  return redirect
}

async function checksOf({ flowId }: Attempt) {
  const { events } = await grantdesk.call('flows.get', { id: flowId })
  return events.flatMap((event) => (event.kind === 'check' ? [`${event.which} ${event.result}`] : []))
}

describe('a redirect URI on this machine', () => {
  it.each([
    ['localhost, with a path of its own', (port: number) => `http://localhost:${port}/oauth/callback`],
    ['[::1]', (port: number) => `http://[::1]:${port}/cb`],
  ])('is sent to the character and listened for under that host and path: %s', async (_name, uriAt) => {
    const uri = uriAt(await freePort())
    expect(await register({ mode: 'exact', uri })).toMatchObject({ redirectUri: uri })
    const attempt = await begin()
    expect(attempt).toMatchObject({ state: 'awaiting_redirect', redirectUri: uri, sent: uri })
    const redirect = await allowed(attempt)
    expect(redirect.href.startsWith(`${uri}?`)).toBe(true)
    const elsewhere = new URL(redirect)
    elsewhere.pathname = '/callback'
    expect((await fetch(elsewhere)).status).toBe(404)
    expect(await (await fetch(redirect)).text()).toContain('Grantdesk has the answer')
    expect(await grantdesk.settled(attempt.id)).toMatchObject({ state: 'done' })
    expect(await checksOf(attempt)).toContain('redirect_uri passed')
  })

  it('has a free port put into it where the service takes any, and every other character stays', async () => {
    await register({ mode: 'ephemeral', uri: 'http://localhost/oauth/callback' })
    const attempt = await begin()
    expect(attempt.sent).toMatch(/^http:\/\/localhost:\d+\/oauth\/callback$/)
    await (await fetch(await allowed(attempt))).text()
    expect(await grantdesk.settled(attempt.id)).toMatchObject({ state: 'done' })
  })

  it('is reconnected with after it was changed, and kept', async () => {
    const { id } = await grantdesk.connected('planio')
    const uri = `http://localhost:${await freePort()}/oauth/callback`
    await register({ mode: 'exact', uri })
    const attempt = await begin({ reconnect: id })
    expect(attempt.sent).toBe(uri)
    await (await fetch(await allowed(attempt))).text()
    expect(await grantdesk.settled(attempt.id)).toMatchObject({ state: 'done', connectionId: id })
    const { clients } = await grantdesk.call('app.snapshot', {})
    expect(clients.find((one) => one.id === client.id)).toMatchObject({ redirect: { mode: 'exact', uri } })
  })

  it('whose port another program has is told with that port and the remedy, and its answer can be pasted', async () => {
    const other = createServer()
    const port = await freePort()
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve))
    await register({ mode: 'exact', uri: `http://localhost:${port}/oauth/callback` })
    const attempt = await begin()
    expect(attempt).toMatchObject({ state: 'awaiting_code', why: expect.stringContaining(`Port ${port}`) })
    expect(await checksOf(attempt)).toContain('listener unconfirmed')
    expect(attempt).toMatchObject({ why: expect.stringContaining('choose another port and register') })
    await grantdesk.call('connect.answer', { id: attempt.id, text: (await allowed(attempt)).href })
    expect(await grantdesk.settled(attempt.id)).toMatchObject({ state: 'done' })
    await new Promise((resolve) => other.close(resolve))
  })
})

describe('a redirect URI elsewhere', () => {
  const uri = 'https://app.example.com/oauth/callback'

  it('is sent to the character, and the address that the browser ends at is pasted', async () => {
    await register({ mode: 'exact', uri })
    const attempt = await begin()
    expect(attempt).toMatchObject({ state: 'awaiting_code', sent: uri, forwardedTo: forwardingTarget })
    const redirect = await allowed(attempt)
    const withoutState = new URL(redirect)
    withoutState.searchParams.delete('state')
    const refused = grantdesk.call('connect.answer', { id: attempt.id, text: withoutState.href })
    await expect(refused).rejects.toMatchObject({ failure: { kind: 'invalid_input' } })
    await grantdesk.call('connect.answer', { id: attempt.id, text: `<${redirect.href}>.` })
    expect(await grantdesk.settled(attempt.id)).toMatchObject({ state: 'done' })
    expect(await checksOf(attempt)).toContain('redirect_uri skipped')
  })

  it('may send the answer on to this machine, as the rules for it say', async () => {
    await register({ mode: 'exact', uri })
    for (const { text } of forwardingRules(uri)) expect(text).toContain(forwardingTarget)
    const attempt = await begin()
    const redirect = await allowed(attempt)
    const wrong = await fetch(`${forwardingTarget}?code=x&state=another`)
    expect(wrong.status).toBe(400)
    const page = await (await fetch(`${forwardingTarget}${redirect.search}`)).text()
    expect(page).toContain('Grantdesk has the answer')
    expect(await grantdesk.settled(attempt.id)).toMatchObject({ state: 'done' })
  })

  it('whose forwarded answer cannot arrive, because another attempt waits for one, says so', async () => {
    await register({ mode: 'exact', uri })
    const first = await begin()
    const second = await begin()
    expect(second).toMatchObject({ state: 'awaiting_code', forwardedTo: null })
    const { port } = new URL(forwardingTarget)
    expect(second).toMatchObject({
      why: expect.stringMatching(`at ${uri}.* Port ${port} .*forwarded to ${forwardingTarget}`),
    })
    for (const attempt of [first, second]) {
      await grantdesk.call('connect.answer', { id: attempt.id, text: (await allowed(attempt)).href })
      expect(await grantdesk.settled(attempt.id)).toMatchObject({ state: 'done' })
    }
  })

  it('of an app is pasted as well', async () => {
    await register({ mode: 'exact', uri: 'com.example.app:/cb' })
    const attempt = await begin()
    expect(attempt).toMatchObject({ state: 'awaiting_code', sent: 'com.example.app:/cb', forwardedTo: null })
    await grantdesk.call('connect.answer', { id: attempt.id, text: (await allowed(attempt)).href })
    expect(await grantdesk.settled(attempt.id)).toMatchObject({ state: 'done' })
  })
})

it.each(['callback', 'http://localhost:3000/cb#x', 'javascript:alert(1)', 'https://a b.example/', 'http://'])(
  'refuses what can be no redirect URI: %s',
  async (uri) => {
    await expect(register({ mode: 'exact', uri })).rejects.toMatchObject({ failure: { kind: 'invalid_input' } })
  },
)
