// A token that the API does not take though it should still be good: what a test request makes of it.

import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { eventNote, eventStatus, eventTitle } from '../../contract/flow/words.ts'
import { type HostileApp, openHostileApp } from '../support/hostile-app.ts'
import { type HostileServer, startHostileServer } from '../support/hostile-server.ts'
import { memoryPorts } from '../support/memory-ports.ts'

let server: HostileServer
let setup: HostileApp
let sent: string[]
/** Tokens that the API does not take. */
let dead: Set<string>
let challenge: string

beforeAll(async () => {
  server = await startHostileServer()
})
afterAll(() => server.close())

beforeEach(async () => {
  sent = []
  dead = new Set()
  challenge = 'Bearer error="invalid_token"'
  const network: typeof fetch = async (input, init) => {
    const path = new URL(String(input)).pathname
    sent.push(`${init?.method} ${path.split('/').at(-1)}`)
    const token = new Headers(init?.headers).get('authorization') ?? ''
    if (!path.endsWith('/thing') || !dead.has(token.replace('Bearer ', ''))) return fetch(input, init)
    return new Response('{}', { status: 401, headers: { 'www-authenticate': challenge } })
  }
  setup = await openHostileApp(server, undefined, memoryPorts({ fetch: network }))
  const { value } = await setup.grantdesk.call('connections.reveal', { id: setup.id, what: 'access_token' })
  dead.add(value)
  sent = []
})
afterEach(() => setup.grantdesk.close())

const ask = (method: 'GET' | 'HEAD' | 'POST' = 'GET') =>
  setup.grantdesk.call('requests.send', { key: 'one', connectionId: setup.id, method, path: '/thing' })

/** Whatever token comes is not taken either. */
const neverWell = () => {
  dead.has = () => true
}

it.each(['GET', 'HEAD'] as const)('a %s is sent once more with a new token, and the flow says why', async (method) => {
  const { status, flowId } = await ask(method)
  expect(status).toBe(200)
  expect(sent).toEqual([`${method} thing`, 'POST token', `${method} thing`])
  const { events } = await setup.grantdesk.call('flows.get', { id: flowId })
  expect(events.map((event) => eventStatus(event) ?? eventTitle(event))).toEqual([401, 'Refreshed', 200])
  const { entries } = await setup.grantdesk.call('history.list', { connectionId: setup.id })
  expect(entries.map(({ operation, outcome }) => `${operation} ${outcome}`).slice(0, 2)).toEqual([
    'request done',
    'refresh done',
  ])
})

it('what may do something twice is sent once', async () => {
  expect((await ask('POST')).status).toBe(401)
  expect(sent).toEqual(['POST thing'])
})

it('where the new token is not taken either, the next request refreshes no more', async () => {
  neverWell()
  expect((await ask()).status).toBe(401)
  expect(sent).toEqual(['GET thing', 'POST token', 'GET thing'])
  expect((await ask()).status).toBe(401)
  expect(sent.slice(3)).toEqual(['GET thing'])
})

it('a 401 that is about something else than the token refreshes nothing', async () => {
  challenge = 'Bearer error="insufficient_scope"'
  expect((await ask()).status).toBe(401)
  expect(sent).toEqual(['GET thing'])
})

it('where nothing is to be had, the first answer stands, and the flow says so', async () => {
  setup.place.strike('token', {
    name: '',
    answer: ({ response }) => void response.writeHead(400).end('{"error":"invalid_grant"}'),
  })
  const { status, flowId } = await ask()
  expect(status).toBe(401)
  const { events } = await setup.grantdesk.call('flows.get', { id: flowId })
  const last = events.at(-1)
  expect(last).toMatchObject({
    ...{ kind: 'second_try', failure: { kind: 'refused', status: 400, error: 'invalid_grant', code: null } },
  })
  expect(last && eventNote(last)).toContain('no other was to be had: the authorization server refused: invalid_grant.')
})

it('of many requests that meet it at once, one refreshes for all', async () => {
  const asked = Array.from({ length: 10 }, (_, at) =>
    setup.grantdesk.call('requests.send', { key: `${at}`, connectionId: setup.id, method: 'GET', path: '/thing' }),
  )
  for (const { status } of await Promise.all(asked)) expect(status).toBe(200)
  expect(sent.filter((one) => one === 'POST token')).toHaveLength(1)
})

it('an old token does not become young by a clock that was set back', async () => {
  dead.clear()
  setup.grantdesk.ports.time.now -= 24 * 3_600_000
  expect((await ask()).status).toBe(200)
  expect(sent).toEqual(['POST token', 'GET thing'])
})
