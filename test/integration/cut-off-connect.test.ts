// A first connect whose host is killed after the service was asked for tokens: a grant lives on there, and that is told.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { eventNote, flowTitle } from '../../contract/flow/words.ts'
import type { ProcedureInput } from '../../contract/procedures.ts'
import { type MemoryDisk, memoryPorts } from '../support/memory-ports.ts'
import { slowNetwork } from '../support/slow-network.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { openTestServer } from '../support/test-server.ts'

let grantdesk: TestApp
beforeEach(async () => {
  grantdesk = await openTestApp()
})
afterEach(() => grantdesk.close())

function copyOf({ text, writes, logs = new Map() }: MemoryDisk): MemoryDisk {
  return { text, writes, logs: new Map([...logs].map(([name, bytes]) => [name, Buffer.from(bytes)])) }
}

/** What lies on the disk while the token endpoint's answer is on its way, opened as after a kill. */
async function killedWhileAsking(): Promise<{ next: TestApp; letGo: () => void }> {
  const { disk, keychain, practice } = grantdesk.ports
  const network = slowNetwork('/oauth/token')
  const dying = await openTestApp(memoryPorts({ keychain, practice, fetch: network.fetch }, disk))
  const connecting = dying.connected('planio').catch(() => undefined)
  await network.reached()
  const next = await openTestApp(memoryPorts({ keychain, practice }, copyOf(dying.ports.disk)))
  const letGo = () => network.letGo()
  void connecting.then(() => dying.close())
  return { next, letGo }
}

it('is told after the next start, with what to do, until it is put away; and stands in the history once', async () => {
  const { next, letGo } = await killedWhileAsking()
  const cutOff = async () => (await next.call('app.snapshot', {})).attempts.filter((one) => one.state === 'failed')
  const [attempt, ...others] = await cutOff()
  expect(others).toEqual([])
  expect(attempt).toMatchObject({
    serviceId: 'planio',
    failure: {
      kind: 'cut_off',
      message: expect.stringContaining('may have granted access'),
      remedy: expect.stringMatching(/^Connect again\..*authorized applications/),
    },
  })
  const told = async () => (await next.call('history.list', { operation: 'connect', outcome: 'failed' })).entries
  expect(await told()).toHaveLength(1)
  const { flows } = await next.call('flows.list', {})
  expect(flows.map((flow) => [flowTitle(flow), flow.outcome])).toContainEqual(['Connect Planio', 'failed'])
  const { failure } = await next.call('flows.get', { id: attempt?.flowId ?? '' })
  expect(failure).toEqual(attempt?.state === 'failed' && attempt.failure)
  await next.call('connect.dismiss', { id: attempt?.id ?? '' })
  const { disk, keychain, practice } = next.ports
  await next.close()
  const later = await openTestApp(memoryPorts({ keychain, practice }, disk))
  expect((await later.call('app.snapshot', {})).attempts).toEqual([])
  await later.close()
  letGo()
})

const service = (base: string) => ({
  ...{ schema: 2, id: 'four-ways', name: 'Four Ways', base: { default: base, example: '' }, scopes: {} },
  endpoints: { authorization: '{base}/authorize', token: '{base}/token', deviceAuthorization: '{base}/device' },
  ...{ registration: { steps: '' }, redirect: { anyPort: 'yes' } },
  clientAuthentication: { allowed: ['body'], default: 'body' },
  grants: ['authorization_code', 'client_credentials', 'password', 'device_code'].map((type) => {
    return { id: type, type, name: type }
  }),
})

const deviceAnswer = { device_code: 'dc-0123456789', user_code: 'ABCD', expires_in: 60, interval: 0.01 }

it.each([
  ['authorization_code', {}],
  ['client_credentials', {}],
  ['password', { username: 'ada', password: 'correct-horse-0123456789' }],
  ['device_code', {}],
] as const)('leaves a flow that ends with its token request, by %s', async (grantId, more) => {
  const left: MemoryDisk[] = []
  const server = await openTestServer(({ path }) => {
    if (path === '/device') return { json: { ...deviceAnswer, verification_uri: `${server.baseUrl}/enter` } }
    // Killed when the server has the request, which it answers.
    left.push(copyOf(grantdesk.ports.disk))
    return { json: { access_token: 'at-0123456789', token_type: 'bearer' } }
  })
  await grantdesk.call('services.import', { text: JSON.stringify(service(server.baseUrl)) })
  const client: ProcedureInput<'connect.start'>['client'] = {
    ...{ serviceId: 'four-ways', baseUrl: server.baseUrl, clientId: 'us', clientSecret: 'client-0123456789' },
    ...{ clientAuthentication: 'body', redirect: { mode: 'ephemeral' } },
  }
  const attempt = await grantdesk.call('connect.start', { client, grantId, scopes: [], openBrowser: false, ...more })
  if (attempt.state === 'awaiting_redirect') {
    const state = new URL(attempt.authorizationUrl).searchParams.get('state') ?? ''
    await fetch(`${attempt.redirectUri}?${new URLSearchParams({ code: 'c-0123456789', state })}`)
  }
  await grantdesk.settled(attempt.id)
  const { keychain } = grantdesk.ports
  const next = await openTestApp(memoryPorts({ keychain }, left[0]))
  const { events, failure } = await next.call('flows.get', { id: attempt.flowId })
  const last = events.findLast(({ kind }) => kind !== 'wait')
  expect(last).toMatchObject({
    purpose: { kind: 'token_request', grantType: grantId },
    request: { url: `${server.baseUrl}/token` },
    ...{ response: null, outcome: 'failed', failure: { kind: 'host_ended' } },
  })
  expect(last && eventNote(last)).toContain('ended before an answer was recorded; the request may have arrived')
  expect(failure?.kind).toBe('cut_off')
  await next.close()
  server.close()
})

it('is nothing to be told where the tokens were stored', async () => {
  await grantdesk.connected('planio')
  const { disk, keychain, practice } = grantdesk.ports
  const next = await openTestApp(memoryPorts({ keychain, practice }, disk))
  expect((await next.call('app.snapshot', {})).attempts).toEqual([])
  await next.close()
})

it('that failed or was cancelled stands in the history', async () => {
  await grantdesk.call('practice.start', {})
  const { clients } = await grantdesk.call('app.snapshot', {})
  const client = { id: clients.find(({ serviceId }) => serviceId === 'planio')?.id ?? '' }
  const attempt = await grantdesk.call('connect.start', {
    client,
    grantId: 'authorization_code',
    scopes: [],
    openBrowser: false,
  })
  await grantdesk.call('connect.cancel', { id: attempt.id })
  await grantdesk.settled(attempt.id)
  const { entries } = await grantdesk.call('history.list', { operation: 'connect' })
  expect(entries).toMatchObject([
    { outcome: 'failed', flowId: attempt.flowId, detail: expect.stringContaining('cancelled') },
  ])
})
