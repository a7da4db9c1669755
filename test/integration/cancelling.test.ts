// Having had enough of a server that says nothing: its callers are told at once, nothing that is held is lost, and
// where the server may have acted all the same, that is said and remembered.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Failure } from '../../contract/failure.ts'
import { connect, type HostileApp, held, openHostileApp } from '../support/hostile-app.ts'
import { type Endpoint, type HostileServer, startHostileServer } from '../support/hostile-server.ts'
import type { Shape, Struck } from '../support/hostile-shapes.ts'
import { memoryPorts } from '../support/memory-ports.ts'
import { Refused } from '../support/test-app.ts'

let server: HostileServer
let setup: HostileApp

beforeAll(async () => {
  server = await startHostileServer()
})
afterAll(() => server.close())
afterEach(() => setup.grantdesk.close())

const silence: Shape = { name: 'silence', answer: () => undefined }
const fine: Shape = { name: 'fine', answer: ({ response, good }) => sound(response, good) }
const answer = (status: number, body = ''): Shape => ({
  name: String(status),
  answer: ({ response }) => void response.writeHead(status, { 'content-type': 'application/json' }).end(body),
})
const refusal = answer(400, '{"error":"invalid_grant"}')

function sound(response: Struck['response'], good: Struck['good']): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(good))
}

type Operation = 'refresh' | 'revoke' | 'identify'
const begin = (operation: Operation) => setup.grantdesk.call(`connections.${operation}`, { id: setup.id })
const cancel = () => setup.grantdesk.call('connections.cancel', { id: setup.id }, 'tab')

/** How it ended, and that it did so at once: a silent server is waited for half a minute otherwise. */
async function failureOf(call: Promise<unknown>): Promise<Failure> {
  const late = new Promise((_, reject) => setTimeout(reject, 20_000, new Error('still waiting')).unref())
  const error = await Promise.race([call, late]).then(
    (value) => new Error(`no failure but ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  )
  if (error instanceof Refused) return error.failure
  throw error
}

async function silent(endpoint: Endpoint): Promise<void> {
  setup = await openHostileApp(server)
  setup.place.strike(endpoint, silence)
}
const reached = (times = 1) => expect.poll(() => setup.place.struck).toBe(times)

async function view() {
  const { connections } = await setup.grantdesk.call('app.snapshot', {})
  return connections.find(({ id }) => id === setup.id)
}

async function told() {
  const { entries } = await setup.grantdesk.call('history.list', { connectionId: setup.id })
  const { flows } = await setup.grantdesk.call('flows.list', { connectionId: setup.id })
  return { entries, flow: flows[0] }
}

const waits: { operation: Operation; endpoint: Endpoint; says: RegExp; next: RegExp | undefined }[] = [
  { operation: 'refresh', endpoint: 'token', says: /refresh was cancelled.*are as they were/, next: /never arrived/ },
  { operation: 'revoke', endpoint: 'revoke', says: /revocation was cancelled.*may be revoked/, next: /Revoke again/ },
  { operation: 'identify', endpoint: 'me', says: /Asking the API was cancelled, so nothing changed/, next: undefined },
]

describe.each(waits)('$operation, at a server that says nothing', ({ operation, endpoint, says, next }) => {
  it('ends when it is cancelled, keeps the tokens, and the history and the flow say so', async () => {
    await silent('thing')
    const before = await held(setup)
    setup.place.strike(endpoint, silence)
    const failed = failureOf(begin(operation))
    await reached()
    expect((await view())?.busy).not.toBeNull()
    await cancel()
    const failure = await failed
    expect(failure).toMatchObject({ kind: 'cancelled', message: expect.stringMatching(says) })
    if (next) expect(failure.remedy).toMatch(next)
    else expect(failure.remedy).toBeUndefined()
    expect(await view()).toMatchObject({ status: { kind: 'good' }, busy: null, waiting: null })
    const { entries, flow } = await told()
    expect(entries[0]).toMatchObject({ operation, outcome: 'failed', detail: failure.message, caller: 'window' })
    expect(flow).toMatchObject({ outcome: 'cancelled' })
    const { events } = await setup.grantdesk.call('flows.get', { id: flow?.id ?? '' })
    expect(events.flatMap((event) => (event.kind === 'decision' ? [event.decision] : []))).toEqual([
      { question: 'go_on', choice: 'cancel' },
    ])
    expect(await held(setup)).toEqual(before)
    setup.place.strike(endpoint, fine)
    await begin(operation)
    expect((await view())?.status.kind).not.toBe('needs_attention')
  })

  it('ends a pause before another try at once', async () => {
    const pausing = Promise.withResolvers<void>()
    const pause = (_: number, signal?: AbortSignal) =>
      new Promise<void>((resolve) => {
        signal?.addEventListener('abort', () => resolve())
        pausing.resolve()
      })
    setup = await openHostileApp(server, undefined, memoryPorts({ pause }))
    setup.place.strike(endpoint, answer(429, '{}'))
    const failed = failureOf(begin(operation))
    await pausing.promise
    expect((await view())?.waiting).not.toBeNull()
    await cancel()
    const failure = await failed
    expect(failure).toMatchObject({
      kind: 'cancelled',
      message: expect.stringMatching(/nothing (changed|was revoked)/),
    })
    expect(setup.place.struck).toBe(1)
    expect(await view()).toMatchObject({ status: { kind: 'good' }, busy: null, waiting: null })
    // The service sent it back unread: a refusal that comes later is not its doing.
    setup.place.strike('token', refusal)
    expect((await failureOf(begin('refresh'))).message).not.toMatch(/never arrived|not confirmed/)
  })
})

it('everybody who waits for the one refresh is told, and the next who asks begins another', async () => {
  await silent('token')
  const ofWindow = failureOf(begin('refresh'))
  await reached()
  const ofTab = failureOf(setup.grantdesk.call('connections.refresh', { id: setup.id }, 'tab'))
  setup.grantdesk.ports.time.now += 3600_000
  const ofCommand = failureOf(setup.grantdesk.call('connections.token', { id: setup.id }, 'command'))
  await cancel()
  const failures = await Promise.all([ofWindow, ofTab, ofCommand])
  expect(failures.map(({ kind }) => kind)).toEqual(['cancelled', 'cancelled', 'cancelled'])
  expect(setup.place.struck).toBe(1)
  const { entries } = await told()
  const refreshes = entries.filter((entry) => entry.operation === 'refresh' && entry.outcome === 'failed')
  expect(new Set(refreshes.map(({ caller }) => caller))).toEqual(new Set(['window', 'tab', 'command']))
  setup.place.strike('token', fine)
  await setup.grantdesk.call('connections.token', { id: setup.id }, 'command')
})

it('a refusal that follows a cancelled refresh tells of the tokens that may have been issued, also after a restart', async () => {
  await silent('token')
  const failed = failureOf(begin('refresh'))
  await reached()
  await cancel()
  await failed
  await setup.grantdesk.call('vault.lock', {})
  await setup.grantdesk.call('vault.retry', {})
  expect((await view())?.status.kind).toBe('good')
  setup.place.strike('token', refusal)
  expect((await failureOf(begin('refresh'))).message).toMatch(/may have issued new tokens then, which never arrived/)
})

it.each(['revoke', 'me'] as const)(
  'a refusal that follows a revocation cancelled at %s tells of it',
  async (endpoint) => {
    await silent(endpoint)
    const failed = failureOf(begin('revoke'))
    await reached()
    await cancel()
    expect((await failed).message).toMatch(/before it was confirmed/)
    setup.place.strike('token', refusal)
    expect((await failureOf(begin('refresh'))).message).toMatch(/An earlier revocation was not confirmed/)
  },
)

it('cancels nothing of another connection, nothing that begins later, and nothing where nothing waits', async () => {
  await silent('thing')
  const { call } = setup.grantdesk
  await cancel()
  const second = await setup.grantdesk.settled((await connect(setup, 'password')).id)
  if (second.state !== 'done') throw new Error(second.state)
  setup.place.strike('token', silence)
  const one = failureOf(begin('refresh'))
  const another = failureOf(call('connections.refresh', { id: second.connectionId }))
  await reached(2)
  await cancel()
  expect((await one).kind).toBe('cancelled')
  const { connections } = await call('app.snapshot', {})
  expect(connections.find(({ id }) => id === second.connectionId)?.busy).toBe('refreshing')
  await call('connections.cancel', { id: second.connectionId })
  expect((await another).kind).toBe('cancelled')
  setup.place.strike('token', fine)
  await begin('refresh')
  expect(await failureOf(call('connections.cancel', { id: 'nobody' }))).toMatchObject({ kind: 'not_found' })
})

it('a refresh that nobody asked for can be cancelled too, is in the history, and is taken up again later', async () => {
  setup = await openHostileApp(server, undefined, memoryPorts({ renews: true }))
  setup.place.strike('token', silence)
  const { ports } = setup.grantdesk
  const pass = async (times: number) => {
    for (let steps = 0; setup.place.struck < times && steps < 2_000; steps++) {
      ports.pass(5_000)
      // Somebody looks on, so that the vault stays open.
      await view()
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(setup.place.struck).toBe(times)
  }
  await pass(1)
  await cancel()
  await expect.poll(async () => (await view())?.busy).toBeNull()
  expect((await told()).entries[0]).toMatchObject({
    ...{ operation: 'refresh', caller: 'host', outcome: 'failed' },
    detail: expect.stringContaining('cancelled'),
  })
  await pass(2)
  await cancel()
  const ofHost = async () => (await told()).entries.filter(({ caller }) => caller === 'host').length
  await expect.poll(ofHost).toBe(2)
})
