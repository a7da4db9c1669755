// Flows that fail by a fault that a practice service makes on purpose, or that the person does, each with the diagnosis that
// comes first.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Attempt } from '../../contract/attempt.ts'
import type { ClientInput, ClientView } from '../../contract/client.ts'
import type { Diagnosis } from '../../contract/flow/diagnosis.ts'
import type { ProcedureInput } from '../../contract/procedures.ts'
import type { Service } from '../../contract/service.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { type Decision, visit } from './practice-browser.ts'

let grantdesk: TestApp
let client: ClientView
let quirksUrl: string

beforeEach(async () => {
  grantdesk = await openTestApp()
  // The practice services' clock: another one would be told of.
  grantdesk.ports.time.now = Date.now()
  await use('planio')
})
afterEach(() => grantdesk.close())

/** The practice service that the test is about. */
async function use(serviceId: string): Promise<void> {
  const practice = await grantdesk.call('practice.start', {})
  const service = practice.state === 'running' && practice.services.find((one) => one.serviceId === serviceId)
  const { clients } = await grantdesk.call('app.snapshot', {})
  const found = service && clients.find(({ id }) => id === service.clientId)
  if (!found) throw new Error(`practice has no ${serviceId}`)
  client = found
  quirksUrl = service.quirksUrl
}

async function switchOn(...ids: string[]): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify(Object.fromEntries(ids.map((id) => [id, true])))
  expect((await fetch(`${quirksUrl}.json`, { method: 'POST', headers, body })).status).toBe(200)
}

async function change(changes: Partial<ClientInput>): Promise<void> {
  const { id, serviceId, baseUrl, clientId, clientAuthentication, redirect } = client
  const before = { id, serviceId, baseUrl, clientId, clientAuthentication, redirect }
  client = await grantdesk.call('clients.save', { ...before, ...changes })
}

async function begin(more: Partial<ProcedureInput<'connect.start'>> = {}) {
  const start = { grantId: 'authorization_code', scopes: ['view_project'], openBrowser: false, ...more }
  const attempt = await grantdesk.call('connect.start', { client: { id: client.id }, ...start })
  if (!('authorizationUrl' in attempt)) throw new Error(JSON.stringify(attempt))
  return attempt
}

/** Changes Planio's description. */
async function describeOtherwise(changes: (planio: Service) => object): Promise<void> {
  const { text } = await grantdesk.call('services.export', { id: 'planio' })
  const planio = JSON.parse(text ?? '')
  await grantdesk.call('services.import', { text: JSON.stringify({ ...planio, ...changes(planio) }), replace: true })
}

/** Presses a button for this client on Birdview's page. */
async function atBirdview(button: 'disallow' | 'reset'): Promise<void> {
  const body = new URLSearchParams({ client: client.clientId, do: button })
  await fetch(`${client.baseUrl}/integrations/oauthclients`, { method: 'POST', body, redirect: 'manual' })
}

function asUserSeven(): Promise<Attempt> {
  const start = { grantId: 'client_credentials', scopes: [], answers: { user: '7' } }
  return grantdesk.call('connect.start', { client: { id: client.id }, ...start })
}

/** Goes to the address, decides, and comes back. */
async function consent(attempt: { authorizationUrl: string }, decision: Decision = {}): Promise<void> {
  const { redirect } = await visit(attempt.authorizationUrl, decision)
  if (redirect) await (await fetch(redirect)).text()
}

async function cancel(attempt: Attempt, afterMs = 0): Promise<void> {
  grantdesk.ports.time.now += afterMs
  await grantdesk.call('connect.cancel', { id: attempt.id })
}

/** What is said of an attempt once it has failed. */
async function diagnosed(attempt: Attempt): Promise<Diagnosis[]> {
  expect(await grantdesk.settled(attempt.id)).toMatchObject({ state: 'failed' })
  const found = await grantdesk.call('flows.diagnose', { id: attempt.flowId })
  expect(found.filter(({ weight }) => weight === 'cause').length).toBeLessThanOrEqual(1)
  return found
}

async function ruleOf(attempt: Attempt): Promise<string | undefined> {
  return (await diagnosed(attempt))[0]?.rule
}

describe('the client', () => {
  it('with a wrong secret', async () => {
    await change({ clientSecret: 'not-the-secret-0123456789' })
    const first = await begin()
    await consent(first)
    expect(await ruleOf(first)).toBe('client-refused')
  })

  it('whose secret was changed here since it worked', async () => {
    await grantdesk.connected('planio')
    await change({ clientSecret: 'not-the-secret-0123456789' })
    const attempt = await begin()
    await consent(attempt)
    expect(await ruleOf(attempt)).toBe('client-secret-replaced')
  })

  it('whose secret was reset at the service since it worked', async () => {
    await use('birdview')
    const { id, flowId } = await asUserSeven()
    expect(await grantdesk.settled(id)).toMatchObject({ state: 'done' })
    await atBirdview('reset')
    const [found] = await diagnosed(await asUserSeven())
    expect(found?.rule).toBe('client-secret-reset')
    expect(found?.actions[0]).toEqual({ action: 'replace_client_secret', clientId: client.id })
    expect(await grantdesk.call('flows.diagnose', { id: flowId })).toEqual([])
  })

  it('that goes another way than the one that worked', async () => {
    await grantdesk.connected('planio')
    await switchOn('body-only')
    await change({ clientAuthentication: 'basic' })
    const attempt = await begin()
    await consent(attempt)
    const [found] = await diagnosed(attempt)
    expect(found?.rule).toBe('client-authentication-changed')
    expect(found?.actions[0]).toMatchObject({ action: 'reconnect', changes: { clientAuthentication: 'body' } })
  })

  it('that the server does not know is kept on a page there', async () => {
    await change({ clientId: 'nobody-here' })
    const attempt = await begin()
    await consent(attempt)
    await cancel(attempt, 60_000)
    expect(await ruleOf(attempt)).toBe('browser-never-returned')
  })

  it('that may not use the grant: Birdview’s switch for client credentials is off', async () => {
    await use('birdview')
    await atBirdview('disallow')
    const [found] = await diagnosed(await asUserSeven())
    expect(found?.rule).toBe('client-not-allowed')
    expect(found?.actions).toEqual([
      { action: 'open_page', page: 'registration', url: `${client.baseUrl}/integrations/oauthclients` },
    ])
  })
})

describe('PKCE', () => {
  it.each(['pkce-refused', 'pkce-plain-only'])('under %s', async (quirk) => {
    await switchOn(quirk)
    const attempt = await begin()
    await consent(attempt)
    expect(await ruleOf(attempt)).toBe('pkce-refused')
  })
})

describe('the redirect URI', () => {
  it('that is compared to the letter, so that the browser never comes back', async () => {
    await switchOn('redirect-exact')
    const attempt = await begin()
    await consent(attempt)
    await cancel(attempt, 60_000)
    expect(await ruleOf(attempt)).toBe('browser-never-returned')
  })

  it('with any port, which a service that is not known to take one seems to compare', async () => {
    await use('plannr')
    await change({ redirect: { mode: 'ephemeral' } })
    await switchOn('redirect-exact')
    const attempt = await begin({ scopes: ['*'] })
    await consent(attempt)
    await cancel(attempt)
    const [found] = await diagnosed(attempt)
    expect(found?.rule).toBe('redirect-uri-port')
    expect(found?.actions.slice(0, 2)).toMatchObject([
      { action: 'reconnect', changes: { redirect: { mode: 'fixed' } } },
      { action: 'copy', value: 'http://127.0.0.1:53682/callback' },
    ])
  })

  it('whose path the answer does not come to', async () => {
    const attempt = await begin()
    const { redirect } = await visit(attempt.authorizationUrl)
    if (!redirect) throw new Error('the service kept the browser')
    redirect.pathname = '/Callback'
    await fetch(redirect)
    await cancel(attempt)
    expect(await ruleOf(attempt)).toBe('redirect-wrong-path')
  })

  it('with a host name that is another to the browser', async () => {
    const attempt = await begin()
    const { redirect } = await visit(attempt.authorizationUrl)
    if (!redirect) throw new Error('the service kept the browser')
    redirect.hostname = 'localhost'
    await fetch(redirect)
    await cancel(attempt)
    expect(await ruleOf(attempt)).toBe('redirect-wrong-host')
  })
})

describe('the answer', () => {
  it('to an earlier attempt', async () => {
    const old = await begin()
    const { redirect } = await visit(old.authorizationUrl)
    await cancel(old)
    await grantdesk.settled(old.id)
    const attempt = await begin()
    const here = new URL(attempt.redirectUri)
    here.search = redirect?.search ?? ''
    await fetch(here)
    await cancel(attempt)
    expect(await ruleOf(attempt)).toBe('answer-of-another-attempt')
  })

  it.each([
    ['?code=made-up&state=made-up', 'state-changed'],
    ['?code=made-up', 'state-missing'],
    ['?code=one&code=two&state=three', 'duplicate-parameters'],
    ['', 'answer-in-fragment'],
  ])('%s', async (search, rule) => {
    const attempt = await begin()
    await fetch(`${attempt.redirectUri}${search}`)
    await cancel(attempt)
    expect(await ruleOf(attempt)).toBe(rule)
  })

  it.each([
    ['', 'issuer-missing'],
    ['https://evil.example', 'issuer-of-another-server'],
  ])('that names the issuer “%s”, where the server promises its own', async (iss, rule) => {
    await describeOtherwise(() => ({ issuer: { url: client.baseUrl, inRedirect: true } }))
    const attempt = await begin()
    const { redirect } = await visit(attempt.authorizationUrl)
    if (!redirect) throw new Error('the service kept the browser')
    redirect.searchParams.delete('iss')
    if (iss !== '') redirect.searchParams.set('iss', iss)
    await fetch(redirect)
    await cancel(attempt)
    expect(await ruleOf(attempt)).toBe(rule)
  })

  it('that is posted, and is no form', async () => {
    const attempt = await begin()
    const headers = { 'content-type': 'application/json' }
    await fetch(attempt.redirectUri, { method: 'POST', headers, body: '{"code":"made-up"}' })
    await cancel(attempt)
    expect(await ruleOf(attempt)).toBe('answer-form-unreadable')
  })

  it('that is a made-up code, pasted', async () => {
    const attempt = await begin({ redirect: { mode: 'out_of_band' } })
    await grantdesk.call('connect.answer', { id: attempt.id, text: 'a-made-up-code-0123456789' })
    expect(await ruleOf(attempt)).toBe('code-cut')
  })

  it('that comes again with another code, to a flow that goes on', async () => {
    await switchOn('slow')
    const attempt = await begin()
    const { redirect } = await visit(attempt.authorizationUrl)
    if (!redirect) throw new Error('the service kept the browser')
    await (await fetch(redirect)).text()
    redirect.searchParams.set('code', 'another-code-0123456789')
    expect((await fetch(redirect)).status).toBe(409)
    expect(await grantdesk.settled(attempt.id)).toMatchObject({ state: 'done' })
    const found = await grantdesk.call('flows.diagnose', { id: attempt.flowId })
    expect(found.map(({ rule, weight }) => [rule, weight])).toEqual([['second-answer', 'odd']])
  })
})

describe('consent', () => {
  it('that is refused', async () => {
    const attempt = await begin()
    await consent(attempt, { decision: 'deny' })
    expect(await ruleOf(attempt)).toBe('consent-refused')
  })

  it('that is refused without state', async () => {
    await switchOn('error-without-state')
    const attempt = await begin()
    await consent(attempt, { decision: 'deny' })
    await cancel(attempt)
    expect((await diagnosed(attempt)).map(({ rule }) => rule)).toEqual(['consent-refused', 'error-without-state'])
  })

  it('that is refused on a page of the service', async () => {
    await switchOn('denial-stays')
    const attempt = await begin()
    await consent(attempt, { decision: 'deny' })
    await cancel(attempt, 60_000)
    expect(await ruleOf(attempt)).toBe('browser-never-returned')
  })

  it('that is waited for without anybody', async () => {
    const attempt = await begin()
    await cancel(attempt, 1_000)
    expect(await diagnosed(attempt)).toEqual([])
  })
})

describe('the device grant', () => {
  const grant = { id: 'device', type: 'device_code', name: 'Device' }

  /** Planio has a device authorization endpoint while its switch is on. */
  async function beginOnDevice(): Promise<Attempt> {
    await describeOtherwise(({ endpoints, grants }) => ({
      endpoints: { ...endpoints, deviceAuthorization: '{base}/oauth/authorize_device' },
      grants: [...grants, grant],
    }))
    const start = { grantId: 'device', scopes: ['view_project'], openBrowser: false }
    return grantdesk.call('connect.start', { client: { id: client.id }, ...start })
  }

  async function decide(attempt: Attempt, decision: 'allow' | 'deny'): Promise<void> {
    if (attempt.state !== 'awaiting_device') throw new Error(attempt.state)
    const body = new URLSearchParams({ user_code: attempt.userCode, account: 'ada', decision })
    await (await fetch(attempt.verificationUri, { method: 'POST', body })).text()
  }

  it('that is not there', async () => {
    expect(await ruleOf(await beginOnDevice())).toBe('device-grant-off')
  })

  it('whose code nobody enters in time', async () => {
    await switchOn('device-grant', 'device-expires-soon')
    const attempt = await beginOnDevice()
    grantdesk.ports.time.now += 4_000
    expect(await ruleOf(attempt)).toBe('device-code-expired')
  })

  it('that the person refuses', async () => {
    await switchOn('device-grant')
    const attempt = await beginOnDevice()
    await decide(attempt, 'deny')
    expect(await ruleOf(attempt)).toBe('consent-refused')
  })
})
