// What a person decides in a flow, or for it, stands in the flow as a fact; what is done without the person does not.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkTitle } from '../../contract/flow/check-words.ts'
import type { PersonsDecision } from '../../contract/flow/decision.ts'
import { eventNote, eventTitle } from '../../contract/flow/words.ts'
import { memoryPorts } from '../support/memory-ports.ts'
import { slowNetwork } from '../support/slow-network.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { openTestServer } from '../support/test-server.ts'

let grantdesk: TestApp
beforeEach(async () => {
  grantdesk = await openTestApp()
})
afterEach(() => grantdesk.close())

async function flow(id: string) {
  const { events } = await grantdesk.call('flows.get', { id })
  const decided = events.flatMap((event) => (event.kind === 'decision' ? [event] : []))
  return {
    decisions: decided.map(({ decision }): PersonsDecision => decision),
    words: decided.map((event) => [eventTitle(event), eventNote(event)]),
    checks: events.flatMap((event) => (event.kind === 'check' ? [checkTitle(event)] : [])),
  }
}

async function practiceClient() {
  await grantdesk.call('practice.start', {})
  const found = (await grantdesk.call('app.snapshot', {})).clients.find(({ serviceId }) => serviceId === 'planio')
  if (!found) throw new Error('practice has no client of Planio')
  return found
}

const begin = async (client: { id: string }) =>
  grantdesk.call('connect.start', { client, grantId: 'authorization_code', scopes: [], openBrowser: false })

describe('cancelling', () => {
  const cancelled = [{ question: 'go_on', choice: 'cancel' }]

  it('an attempt is a decision, once however often it is asked for', async () => {
    const { id, flowId } = await begin(await practiceClient())
    await Promise.all([grantdesk.call('connect.cancel', { id }), grantdesk.call('connect.cancel', { id })])
    await grantdesk.settled(id)
    const { decisions, words } = await flow(flowId)
    expect([decisions, words]).toEqual([cancelled, [['You cancelled this', '']]])
  })

  it('by locking the vault is none', async () => {
    await grantdesk.call('vault.setPassphrase', { passphrase: 'correct horse battery' })
    const { flowId } = await begin(await practiceClient())
    await grantdesk.call('vault.lock', {})
    await grantdesk.call('vault.unlock', { passphrase: 'correct horse battery' })
    expect((await flow(flowId)).decisions).toEqual([])
  })

  it('a request is a decision', async () => {
    await grantdesk.close()
    const network = slowNetwork('/slow')
    grantdesk = await openTestApp(memoryPorts({ fetch: network.fetch }))
    const { id } = await grantdesk.connected('planio')
    const asked = { key: 'k', connectionId: id, method: 'GET' as const, path: '/slow' }
    const sent = grantdesk.call('requests.send', asked).catch(() => undefined)
    await network.reached()
    await grantdesk.call('requests.cancel', { key: 'k' })
    network.letGo()
    await sent
    const { flows } = await grantdesk.call('flows.list', {})
    expect((await flow(flows.find(({ kind }) => kind === 'request')?.id ?? '')).decisions).toEqual(cancelled)
  })
})

/** A service that gives tokens for whatever it is asked. */
async function generous(answer: object = { access_token: 'at-0123456789', token_type: 'bearer' }) {
  const server = await openTestServer(({ path }) => (path === '/token' ? { json: answer } : { status: 404 }))
  const base = server.baseUrl
  const description = {
    ...{ schema: 2, id: 'generous', name: 'Generous', base: { default: base, example: '' }, scopes: {} },
    endpoints: { authorization: '{base}/authorize', token: '{base}/token' },
    ...{ registration: { steps: '' }, redirect: { anyPort: 'yes' } },
    clientAuthentication: { allowed: ['body'], default: 'body' },
    grants: ['authorization_code', 'password'].map((type) => ({ id: type, type, name: type })),
  }
  await grantdesk.call('services.import', { text: JSON.stringify(description) })
  const connect = async (grantId: string, client: object, more: object = {}) => {
    const attempt = await grantdesk.call('connect.start', {
      client: {
        ...{ serviceId: 'generous', baseUrl: base, clientId: 'us', clientSecret: 'client-0123456789' },
        ...{ clientAuthentication: 'body', redirect: { mode: 'ephemeral' } },
        ...client,
      },
      ...{ grantId, scopes: [], openBrowser: false, ...more },
    })
    if (attempt.state === 'awaiting_redirect') {
      const state = new URL(attempt.authorizationUrl).searchParams.get('state') ?? ''
      await fetch(`${attempt.redirectUri}?${new URLSearchParams({ code: 'c-0123456789', state })}`)
    }
    await grantdesk.settled(attempt.id)
    return flow(attempt.flowId)
  }
  return { connect, [Symbol.dispose]: server.close }
}

describe('another PKCE method than the service’s', () => {
  it.each([
    ['off', 'PKCE off, as you chose', 'PKCE: switched off'],
    ['plain', 'PKCE plain, as you chose', 'PKCE: plain accepted'],
  ] as const)('is a decision: %s', async (pkce, title, outcome) => {
    using service = await generous()
    const { decisions, words, checks } = await service.connect('authorization_code', { pkce })
    expect(decisions).toEqual([{ question: 'pkce', choice: pkce, described: 'S256' }])
    expect(words[0]?.[0]).toBe(title)
    expect(words[0]?.[1]).toMatch(/^The service is described with S256\. .*can use/)
    expect(checks).toContain(outcome)
  })

  it('is none where it is the service’s own, which the token endpoint accepts', async () => {
    using service = await generous()
    const { decisions, checks } = await service.connect('authorization_code', { pkce: 'S256' })
    expect(decisions).toEqual([])
    expect(checks.filter((title) => title.startsWith('PKCE'))).toEqual(['PKCE: S256 accepted'])
  })
})

it('blanks and quotes that were kept around a secret are a decision, without the secret', async () => {
  using service = await generous()
  const login = { username: 'ada', password: '"correct-horse-0123456789"' }
  const { decisions, words } = await service.connect('password', { clientSecret: 'client-0123456789 ' }, login)
  expect(decisions).toEqual([
    { question: 'around_value', choice: 'keep', value: 'client_secret' },
    { question: 'around_value', choice: 'keep', value: 'password' },
  ])
  expect(words[0]?.[0]).toBe('Blanks or quotes around the client secret kept, as you chose')
  const plain = await service.connect('password', {}, { username: 'ada', password: 'correct-horse-0123456789' })
  expect(plain.decisions).toEqual([])
})
