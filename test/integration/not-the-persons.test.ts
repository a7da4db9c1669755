// Failures that are nobody's fault here: a network that is down, a server that is busy. Each is tried again a few times
// while somebody waits, says what it waits for, changes nothing, and is over as soon as the trouble is.

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Change } from '../../contract/change.ts'
import type { Waiting } from '../../contract/connection.ts'
import type { Failure } from '../../contract/failure.ts'
import { eventNote, eventStatus, eventTitle } from '../../contract/flow/words.ts'
import { type HostileApp, held, openHostileApp } from '../support/hostile-app.ts'
import { type Endpoint, type HostileServer, startHostileServer } from '../support/hostile-server.ts'
import { type Shape, shapes } from '../support/hostile-shapes.ts'
import { memoryPorts } from '../support/memory-ports.ts'
import { type SelfSigned, startSelfSigned } from '../support/self-signed.ts'
import { Refused } from '../support/test-app.ts'

let server: HostileServer
let selfSigned: SelfSigned
/** Where nothing listens any more. */
let deadPort: string
let setup: HostileApp
/** Where requests go instead, as long as the network is in trouble. */
let astray: string | null
let requests: string[]

beforeAll(async () => {
  const gone = await startSelfSigned()
  await gone.close()
  deadPort = gone.origin.replace('https:', 'http:')
  server = await startHostileServer()
  selfSigned = await startSelfSigned()
})
afterAll(async () => {
  await server.close()
  await selfSigned.close()
})
afterEach(() => setup.grantdesk.close())

const network: typeof fetch = (input, init) => {
  const url = new URL(String(input))
  requests.push(url.pathname)
  return fetch(astray === null ? url : new URL(url.pathname, astray), init)
}

async function open(): Promise<void> {
  astray = null
  requests = []
  setup = await openHostileApp(server, undefined, memoryPorts({ fetch: network }))
  requests = []
}

const named = (name: string): Shape => {
  const found = shapes.find((shape) => shape.name === name)
  if (!found) throw new Error(`no shape is called ${name}`)
  return found
}
const sound = named('the right answer as text/plain')

function answer(status: number, headers: Record<string, string>, body = ''): Shape {
  return { name: '', answer: ({ response }) => void response.writeHead(status, headers).end(body) }
}
const html = { 'content-type': 'text/html' }
const page = '<!doctype html><title>Hotel</title><h1>Sign in to the hotel</h1>'

interface Trouble {
  name: string
  /** In the network: where requests go. */
  to?: () => string
  /** At the server: how it answers. */
  shape?: Shape
  /** How often one request is sent. */
  tries: number
  says: RegExp
}

const troubles: Trouble[] = [
  { name: 'a dead port', to: () => deadPort, tries: 3, says: /Nothing answers/ },
  { name: 'an unknown name', to: () => 'http://nowhere.invalid', tries: 3, says: /name|could not be looked up/ },
  { name: 'a certificate of nobody’s', to: () => selfSigned.origin, tries: 1, says: /not signed by anyone/ },
  {
    name: 'a busy server',
    shape: answer(429, { 'retry-after': '2' }, '{}'),
    tries: 3,
    says: /too many requests|rate limit/,
  },
  { name: 'a server that is out of order', shape: answer(503, {}), tries: 3, says: /could not answer|failed on its/ },
  { name: 'a server that breaks', shape: named('a page with 500'), tries: 3, says: /could not answer|failed on its/ },
  { name: 'a connection that is reset', shape: named('a reset before the answer'), tries: 3, says: /broke off/ },
  { name: 'a connection that ends', shape: named('an end before the answer'), tries: 3, says: /broke off/ },
  { name: 'half an answer', shape: named('a reset in the middle'), tries: 3, says: /broke off/ },
  {
    name: 'an hour to wait',
    shape: answer(429, { 'retry-after': '3600' }, '{}'),
    tries: 1,
    says: /too many requests|rate limit/,
  },
  { name: 'the sign-in page of a hotel', shape: answer(403, html, page), tries: 1, says: /page|403/ },
  { name: 'a proxy that wants to know who asks', shape: answer(407, html, page), tries: 3, says: /be reached/ },
]

interface Operation {
  name: string
  strikes: Endpoint
  run(): Promise<unknown>
}

const operations: Operation[] = [
  { name: 'refreshing', strikes: 'token', run: () => setup.grantdesk.call('connections.refresh', { id: setup.id }) },
  { name: 'revoking', strikes: 'revoke', run: () => setup.grantdesk.call('connections.revoke', { id: setup.id }) },
  { name: 'identifying', strikes: 'me', run: () => setup.grantdesk.call('connections.identify', { id: setup.id }) },
]

async function failureOf(call: Promise<unknown>): Promise<Failure> {
  const error = await call.then(
    (value) => new Error(`no failure but ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  )
  if (error instanceof Refused) return error.failure
  throw error
}

/** Everything that the callers were told of waiting. */
function waits(): Waiting[] {
  return setup.grantdesk.crossed.flatMap((line) => {
    const change = JSON.parse(line) as Partial<Change>
    return change.kind === 'connection' && change.connection?.waiting ? [change.connection.waiting] : []
  })
}

async function view() {
  const { connections } = await setup.grantdesk.call('app.snapshot', {})
  return connections.find(({ id }) => id === setup.id)
}

function strike({ strikes }: Operation, trouble: Trouble): void {
  astray = trouble.to?.() ?? null
  if (trouble.shape) setup.place.strike(strikes, trouble.shape)
}

function mend({ strikes }: Operation): void {
  astray = null
  setup.place.strike(strikes, sound)
}

const sentTo = (endpoint: Endpoint) => requests.filter((path) => path.endsWith(`/${endpoint}`)).length

describe.each(operations)('$name', (operation) => {
  it.each(troubles)('meets $name', async (trouble) => {
    await open()
    const before = await held(setup)
    strike(operation, trouble)
    const outcome = await operation.run().catch((error: unknown) => {
      if (error instanceof Refused) return error.failure
      throw error
    })
    // A revocation has two tokens to show, in two encodings, and one timeout for all.
    const more = operation.name === 'revoking' && trouble.shape ? 3 : 0
    expect(sentTo(operation.strikes)).toBeGreaterThanOrEqual(trouble.tries)
    expect(sentTo(operation.strikes)).toBeLessThanOrEqual(trouble.tries + more)
    expect(setup.grantdesk.ports.pauses).toHaveLength(trouble.tries - 1)
    expect(Math.max(0, ...setup.grantdesk.ports.pauses)).toBeLessThan(5_000)
    const told = waits()
    expect(new Set(told.map(({ for: what }) => what)).size).toBe(trouble.tries > 1 ? 1 : 0)
    for (const { for: what, since, until } of told) {
      expect(what).toMatch(trouble.says)
      expect(until).toBeGreaterThanOrEqual(since)
    }
    // A page in place of the API's answer is an answer of the API's: one that says nothing of the account.
    if (operation.name !== 'identifying' || trouble.tries > 1 || trouble.to) {
      expect(JSON.stringify(outcome)).toMatch(trouble.says)
    }
    expect(await held(setup)).toEqual(before)
    expect(await view()).toMatchObject({ status: { kind: 'good' }, busy: null, waiting: null })
    mend(operation)
    await operation.run()
    expect((await view())?.status.kind).not.toBe('needs_attention')
  })
})

const [refreshing, revoking] = operations as [Operation, Operation]

it('goes on as soon as the trouble is over, within the one operation, and the flow shows each try and each pause', async () => {
  await open()
  let answers = 0
  setup.place.strike('token', {
    name: '',
    answer: (struck) => {
      answers += 1
      if (answers < 3) struck.response.writeHead(503).end()
      else sound.answer(struck)
    },
  })
  await refreshing.run()
  const { flows } = await setup.grantdesk.call('flows.list', { connectionId: setup.id })
  const { events, outcome } = await setup.grantdesk.call('flows.get', { id: flows[0]?.id ?? '' })
  expect(outcome).toBe('succeeded')
  const steps = events.filter(({ kind }) => kind !== 'check')
  expect(steps.map((event) => eventStatus(event) ?? eventTitle(event))).toEqual([503, 'Wait', 503, 'Wait', 200])
  expect(steps[1] && eventNote(steps[1])).toMatch(
    /could not answer now.*(?:Sent again after|To be sent again in) \d+ s \(1 of 2\)/,
  )
})

it('a pause is never shorter than the server asked for, and the failure says when a long one is over', async () => {
  await open()
  setup.place.strike('token', answer(429, { 'retry-after': '2' }))
  await failureOf(refreshing.run())
  for (const pause of setup.grantdesk.ports.pauses) expect(pause).toBeGreaterThanOrEqual(2_000)
  const inAnHour = new Date(Date.now() + 3_600_000).toUTCString()
  setup.place.strike('token', answer(503, { 'retry-after': inAnHour }))
  const failure = await failureOf(refreshing.run())
  expect(failure).toMatchObject({ kind: 'unexpected_answer', status: 503 })
  const { retryAt = 0 } = failure as { retryAt?: number }
  // By the server's clock, which stands elsewhere than ours.
  expect(Math.abs(retryAt - setup.grantdesk.ports.time.now - 3_600_000)).toBeLessThan(5_000)
  expect(failure.remedy).toMatch(/in 60 min/)
})

it('locking ends a pause at once', async () => {
  const longPause = Promise.withResolvers<void>()
  const pausing = Promise.withResolvers<void>()
  astray = null
  requests = []
  const ports = memoryPorts({
    fetch: network,
    pause: (_, signal) => {
      pausing.resolve()
      signal?.addEventListener('abort', () => longPause.resolve())
      return longPause.promise
    },
  })
  setup = await openHostileApp(server, undefined, ports)
  setup.place.strike('token', answer(503, {}))
  const failed = failureOf(refreshing.run())
  await pausing.promise
  expect(await view()).toMatchObject({ busy: 'refreshing', waiting: { for: expect.stringContaining('503') } })
  expect(await setup.grantdesk.call('vault.lock', {})).toMatchObject({ state: 'locked' })
  expect(await failed).toMatchObject({ kind: 'unexpected_answer', status: 503 })
})

describe('an answer that was lost', () => {
  const refusal = answer(400, { 'content-type': 'application/json' }, '{"error":"invalid_grant"}')

  it.each(['a reset before the answer', 'an empty 200', 'half of it', 'a page with 500'])(
    'is told of by the refusal that follows %s, also after a restart',
    async (name) => {
      await open()
      setup.place.strike('token', named(name))
      await failureOf(refreshing.run())
      await setup.grantdesk.call('vault.lock', {})
      await setup.grantdesk.call('vault.retry', {})
      setup.place.strike('token', refusal)
      const failure = await failureOf(refreshing.run())
      expect(failure).toMatchObject({ kind: 'refused', error: 'invalid_grant' })
      expect(failure.message).toMatch(/invalid_grant.*may have issued new tokens then, which never arrived/)
      expect((await view())?.status).toMatchObject({ failure: { message: failure.message } })
    },
  )

  it('is told of by the refusal of the very try that followed it', async () => {
    await open()
    let first = true
    setup.place.strike('token', {
      name: '',
      answer: (struck) => {
        if (first) named('a reset before the answer').answer(struck)
        else refusal.answer(struck)
        first = false
      },
    })
    expect((await failureOf(refreshing.run())).message).toMatch(/which never arrived/)
  })

  it.each(['a dead port', 'a busy server'])('is not spoken of where nothing was taken up: %s', async (name) => {
    await open()
    const trouble = troubles.find((one) => one.name === name)
    if (!trouble) throw new Error(name)
    strike(refreshing, trouble)
    await failureOf(refreshing.run())
    astray = null
    setup.place.strike('token', refusal)
    expect((await failureOf(refreshing.run())).message).not.toMatch(/never arrived/)
  })

  it('is forgotten with the next refresh that works', async () => {
    await open()
    setup.place.strike('token', named('a reset before the answer'))
    await failureOf(refreshing.run())
    mend(refreshing)
    await refreshing.run()
    setup.place.strike('token', refusal)
    expect((await failureOf(refreshing.run())).message).not.toMatch(/never arrived/)
  })

  it.each(['a token type of another kind', 'half of it'])('loses no refresh token that came in %s', async (name) => {
    await open()
    const before = await held(setup)
    setup.place.strike('token', named(name))
    await failureOf(refreshing.run())
    const after = await held(setup)
    expect(after).toEqual({ ...before, refresh: expect.stringMatching(/^refreshtoken-/) })
    expect(after.refresh).not.toBe(before.refresh)
    const shown: string[] = []
    setup.place.strike('token', {
      name: '',
      answer: ({ response, sent }) => {
        shown.push(...sent)
        response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant"}')
      },
    })
    await failureOf(refreshing.run())
    expect(shown.filter((secret) => secret.startsWith('refreshtoken-'))).toEqual([after.refresh, before.refresh])
  })

  it('leaves a revocation outcomeUnknown, which a later refusal tells of', async () => {
    await open()
    setup.place.strike('revoke', named('a reset before the answer'))
    const words = 'No answer came to the revocation'
    expect(await revoking.run()).toMatchObject({ outcome: 'offline', words: expect.stringContaining(words) })
    setup.place.strike('token', refusal)
    expect((await failureOf(refreshing.run())).message).toMatch(/An earlier revocation was not confirmed/)
  })

  it('to the question afterwards does not undo what the service accepted', async () => {
    await open()
    setup.place.strike('me', named('a reset before the answer'))
    const words = 'The service accepted the revocation, but whether the token still works could not be verified.'
    expect(await revoking.run()).toMatchObject({ outcome: 'unverified', words })
  })
})
