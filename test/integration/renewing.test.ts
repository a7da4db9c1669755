// Renewing without being asked, at the door: what a person sees of it, and how they turn it off.
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import type { ConnectionView } from '../../contract/connection.ts'
import { connectionState } from '../../contract/connection-state.ts'
import { type HostileApp, held, openHostileApp } from '../support/hostile-app.ts'
import { type HostileServer, startHostileServer } from '../support/hostile-server.ts'
import { memoryPorts } from '../support/memory-ports.ts'

const minute = 60_000

let server: HostileServer
let setup: HostileApp
let name: string
let tokenRequests: number
let notices: { title: string; body: string }[]

beforeAll(async () => {
  server = await startHostileServer()
})
afterAll(() => server.close())

beforeEach(async () => {
  const network: typeof fetch = (input, init) => {
    if (String(input).endsWith('/token')) tokenRequests += 1
    return fetch(input, init)
  }
  notices = []
  const grant = { id: 'password', type: 'password', name: 'Password', refreshTokenLifetime: 5 * 3600 }
  const notify = (words: { title: string; body: string }) => void notices.push(words)
  setup = await openHostileApp(
    server,
    () => ({ grants: [grant] }),
    memoryPorts({ renews: true, notify, fetch: network }),
  )
  tokenRequests = 0
  name = (await view()).name
})
afterEach(() => setup.grantdesk.close())

async function view() {
  const { connections } = await setup.grantdesk.call('app.snapshot', {})
  const found = connections.find(({ id }) => id === setup.id)
  if (!found) throw new Error('the connection is gone')
  return found
}

/** Lets time pass, as the timer sees it, and whatever is begun then end. */
async function pass(ms: number): Promise<void> {
  const { ports } = setup.grantdesk
  for (const until = ports.time.now + ms; ports.time.now < until; ) {
    const sent = tokenRequests
    ports.pass(5_000)
    await new Promise((resolve) => setImmediate(resolve))
    if (tokenRequests !== sent || (await isBusy())) await settled(5)
  }
  // What was begun last may not have got as far as to be seen.
  await settled(100)
}

async function settled(ms: number): Promise<void> {
  while (await isBusy()) await new Promise((resolve) => setTimeout(resolve, 5))
  await new Promise((resolve) => setTimeout(resolve, ms))
  while (await isBusy()) await new Promise((resolve) => setTimeout(resolve, 5))
}

/** Asked at each of a thousand steps, so not for the whole snapshot. */
async function isBusy(): Promise<boolean> {
  const answer = await setup.grantdesk.app.call('connections.named', { name }, 'window')
  return answer.ok && (answer.value as ConnectionView).busy !== null
}

const refreshes = async () =>
  (await setup.grantdesk.call('flows.list', {})).flows.filter(({ kind }) => kind === 'refresh')
const entries = async () => {
  const { entries } = await setup.grantdesk.call('history.list', { connectionId: setup.id })
  return entries.filter(({ operation }) => operation === 'refresh')
}

it('renews a token before it ends, once, as Grantdesk itself', async () => {
  const before = await view()
  await pass(60 * minute)
  expect(tokenRequests).toBe(1)
  expect((await view()).expiresAt).toBeGreaterThan((before.expiresAt ?? 0) + 45 * minute)
  expect(await entries()).toMatchObject([{ caller: 'host', outcome: 'done' }])
})

it('leaves it alone when that was turned off, and says who did so', async () => {
  const { id } = setup
  expect(await setup.grantdesk.call('connections.setAutoRefresh', { id, autoRefresh: false })).toMatchObject({
    autoRefresh: false,
  })
  await pass(70 * minute)
  expect(tokenRequests).toBe(0)
  const { entries } = await setup.grantdesk.call('history.list', { connectionId: id })
  expect(entries[0]).toMatchObject({ operation: 'auto_refresh', caller: 'window' })
  await setup.grantdesk.call('connections.setAutoRefresh', { id, autoRefresh: true })
  await pass(2 * minute)
  expect(tokenRequests).toBe(1)
})

it('is said to renew when used once it has ended, and does so where it is copied', async () => {
  const { id } = setup
  await setup.grantdesk.call('connections.setAutoRefresh', { id, autoRefresh: false })
  await pass(70 * minute)
  const ended = await held(setup)
  expect(connectionState(await view(), setup.grantdesk.ports.time.now)).toBe('renewed_when_used')
  await setup.grantdesk.call('connections.copy', { id, what: 'access_token' })
  expect(tokenRequests).toBe(1)
  expect(connectionState(await view(), setup.grantdesk.ports.time.now)).toBe('active')
  const { value } = await setup.grantdesk.call('connections.reveal', { id, what: 'access_token' })
  expect(setup.grantdesk.ports.copied).toEqual([value])
  expect(await held(setup)).not.toEqual(ended)
})

it('sends nothing while the vault is locked, and goes on when it is open again', async () => {
  await setup.grantdesk.call('vault.lock', {})
  for (let step = 0; step < 1440; step++) setup.grantdesk.ports.pass(5_000)
  expect(tokenRequests).toBe(0)
  await setup.grantdesk.call('vault.retry', {})
  await pass(minute)
  expect(tokenRequests).toBe(1)
})

it('makes one flow and one entry of an outage, shows what it waits for, and all is well afterwards', async () => {
  const before = await held(setup)
  setup.place.strike('token', { name: '', answer: ({ response }) => void response.writeHead(503).end() })
  await pass(100 * minute)
  expect(tokenRequests).toBeGreaterThan(5)
  expect(await refreshes()).toHaveLength(1)
  expect(await entries()).toMatchObject([{ caller: 'host', outcome: 'failed' }])
  expect(await held(setup)).toEqual(before)
  const { waiting, status } = await view()
  expect(status.kind).toBe('good')
  expect(waiting).toMatchObject({ for: 'The server could not answer now (status 503).' })
  expect(waiting?.until).toBeGreaterThan(setup.grantdesk.ports.time.now)
  setup.place.strike('token', {
    name: '',
    answer: ({ response, good }) =>
      void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(good)),
  })
  await pass(16 * minute)
  expect(await view()).toMatchObject({ waiting: null, status: { kind: 'good' } })
  expect((await entries())[0]).toMatchObject({ outcome: 'done' })
  expect(await refreshes()).toHaveLength(2)
})

it('asks the person when the service refuses, and does not ask the service again', async () => {
  setup.place.strike('token', {
    name: '',
    answer: ({ response }) => void response.writeHead(400).end('{"error":"invalid_grant"}'),
  })
  await pass(100 * minute)
  expect(tokenRequests).toBe(1)
  expect(await view()).toMatchObject({ status: { kind: 'needs_attention' }, waiting: null })
})

it('tells once, and not again after a lock, that the refresh token will end; the person puts it away', async () => {
  const { id } = setup
  setup.place.strike('token', { name: '', answer: ({ response }) => void response.writeHead(503).end() })
  await pass(3 * 60 * minute)
  expect(notices).toEqual([])
  await pass(65 * minute)
  await expect.poll(() => notices).toHaveLength(1)
  expect(notices[0]?.title).toMatch(/ends on /)
  await setup.grantdesk.call('vault.lock', {})
  await setup.grantdesk.call('vault.retry', {})
  await pass(5 * minute)
  expect(notices).toHaveLength(1)
  const end = (await view()).refreshTokenExpiresAt ?? 0
  expect((await view()).reminded).toMatchObject({ end, dismissed: false })
  await setup.grantdesk.call('connections.markReminded', { id, end, dismissed: true })
  expect((await view()).reminded).toMatchObject({ end, dismissed: true })
})
