// Renewing without being asked, at the door: what a person sees of it, and how they turn it off.
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { held, openScene, type Scene } from '../support/hostile-scene.ts'
import { type HostileServer, startHostileServer } from '../support/hostile-server.ts'
import { memoryPorts } from '../support/memory-ports.ts'

const minute = 60_000

let server: HostileServer
let scene: Scene
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
  scene = await openScene(server, () => ({ grants: [grant] }), memoryPorts({ renews: true, notify, fetch: network }))
  tokenRequests = 0
})
afterEach(() => scene.desk.close())

async function view() {
  const { connections } = await scene.desk.call('app.snapshot', {})
  const found = connections.find(({ id }) => id === scene.id)
  if (!found) throw new Error('the connection is gone')
  return found
}

/** Lets time pass, as the timer sees it, and whatever is begun then end. */
async function pass(ms: number): Promise<void> {
  const { ports } = scene.desk
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

const isBusy = async () => (await view().catch(() => null))?.busy != null

const refreshes = async () => (await scene.desk.call('flows.list', {})).flows.filter(({ kind }) => kind === 'refresh')
const entries = async () => {
  const { entries } = await scene.desk.call('history.list', { connectionId: scene.id })
  return entries.filter(({ act }) => act === 'refresh')
}

it('renews a token before it ends, once, as Grantdesk itself', async () => {
  const before = await view()
  await pass(60 * minute)
  expect(tokenRequests).toBe(1)
  expect((await view()).expiresAt).toBeGreaterThan((before.expiresAt ?? 0) + 45 * minute)
  expect(await entries()).toMatchObject([{ caller: 'host', outcome: 'done' }])
})

it('leaves it alone when that was turned off, and says who did so', async () => {
  const { id } = scene
  expect(await scene.desk.call('connections.setAutoRefresh', { id, autoRefresh: false })).toMatchObject({
    autoRefresh: false,
  })
  await pass(70 * minute)
  expect(tokenRequests).toBe(0)
  const { entries } = await scene.desk.call('history.list', { connectionId: id })
  expect(entries[0]).toMatchObject({ act: 'auto_refresh', caller: 'window' })
  await scene.desk.call('connections.setAutoRefresh', { id, autoRefresh: true })
  await pass(2 * minute)
  expect(tokenRequests).toBe(1)
})

it('sends nothing while the vault is locked, and goes on when it is open again', async () => {
  await scene.desk.call('vault.lock', {})
  for (let step = 0; step < 1440; step++) scene.desk.ports.pass(5_000)
  expect(tokenRequests).toBe(0)
  await scene.desk.call('vault.retry', {})
  await pass(minute)
  expect(tokenRequests).toBe(1)
})

it('makes one flow and one entry of an outage, shows what it waits for, and all is well afterwards', async () => {
  const before = await held(scene)
  scene.place.strike('token', { name: '', answer: ({ response }) => void response.writeHead(503).end() })
  await pass(100 * minute)
  expect(tokenRequests).toBeGreaterThan(5)
  expect(await refreshes()).toHaveLength(1)
  expect(await entries()).toMatchObject([{ caller: 'host', outcome: 'failed' }])
  expect(await held(scene)).toEqual(before)
  const { waiting, standing } = await view()
  expect(standing.kind).toBe('good')
  expect(waiting).toMatchObject({ for: 'The server could not answer now (status 503).' })
  expect(waiting?.until).toBeGreaterThan(scene.desk.ports.time.now)
  scene.place.strike('token', {
    name: '',
    answer: ({ response, good }) =>
      void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(good)),
  })
  await pass(16 * minute)
  expect(await view()).toMatchObject({ waiting: null, standing: { kind: 'good' } })
  expect((await entries())[0]).toMatchObject({ outcome: 'done' })
  expect(await refreshes()).toHaveLength(2)
})

it('asks the person when the service refuses, and does not ask the service again', async () => {
  scene.place.strike('token', {
    name: '',
    answer: ({ response }) => void response.writeHead(400).end('{"error":"invalid_grant"}'),
  })
  await pass(100 * minute)
  expect(tokenRequests).toBe(1)
  expect(await view()).toMatchObject({ standing: { kind: 'needs_attention' }, waiting: null })
})

it('tells once, and not again after a lock, that the refresh token will end; the person puts it away', async () => {
  const { id } = scene
  scene.place.strike('token', { name: '', answer: ({ response }) => void response.writeHead(503).end() })
  await pass(3 * 60 * minute)
  expect(notices).toEqual([])
  await pass(65 * minute)
  await expect.poll(() => notices).toHaveLength(1)
  expect(notices[0]?.title).toMatch(/ends on /)
  await scene.desk.call('vault.lock', {})
  await scene.desk.call('vault.retry', {})
  await pass(5 * minute)
  expect(notices).toHaveLength(1)
  const end = (await view()).refreshTokenExpiresAt ?? 0
  expect((await view()).reminded).toMatchObject({ end, dismissed: false })
  await scene.desk.call('connections.endTold', { id, end, dismissed: true })
  expect((await view()).reminded).toMatchObject({ end, dismissed: true })
})
