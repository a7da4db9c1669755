// What an API says no to, at the application's door: the refusal comes back in the server's words, marks the connection
// where the token is the cause, and loses nothing.
import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { ConnectionView } from '../../contract/connection.ts'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { serve, type TestServer } from '../unit/core/flows/flow-fixture.ts'

let grantdesk: TestApp
let server: TestServer
/** How the API answers “who am I” now. */
let answer: (response: ServerResponse) => void

const ada = (response: ServerResponse) => {
  response.end(JSON.stringify({ user: { id: 1, login: 'ada', firstname: 'Ada', lastname: 'L' } }))
}
const refuse =
  (status: number, body = '', headers: Record<string, string> = {}) =>
  (response: ServerResponse) => {
    response.writeHead(status, headers)
    response.end(body)
  }
const expired = 'Bearer realm="Redmine", error="invalid_token", error_description="The access token expired"'

beforeEach(async () => {
  grantdesk = await openTestApp()
  answer = ada
  server = await serve((_, response) => answer(response))
})
afterEach(async () => {
  await grantdesk.close()
  await server.close()
})

async function handOver(serviceId: string, grantId: string) {
  const place = { serviceId, baseUrl: server.url }
  const token = { value: 'key-0123456789abcdef' }
  const { id } = await grantdesk.call('connect.start', { grantId, scopes: [], openBrowser: false, place, token })
  return grantdesk.settled(id)
}

async function connected(): Promise<ConnectionView> {
  const attempt = await handOver('planio', 'api_key')
  if (attempt.state !== 'done') throw new Error(JSON.stringify(attempt))
  return view()
}

async function view(): Promise<ConnectionView> {
  const [only] = (await grantdesk.call('app.snapshot', {})).connections
  if (!only) throw new Error('no connection')
  return only
}

it('asking again of a token that has ended fails in the server’s words, and the connection needs attention', async () => {
  const { id } = await connected()
  answer = refuse(401, '', { 'www-authenticate': expired })
  await expect(grantdesk.call('connections.identify', { id })).rejects.toMatchObject({
    failure: { kind: 'refused', by: 'api', status: 401, errorDescription: 'The access token expired' },
  })
  const { status, account } = await view()
  expect(status).toMatchObject({ kind: 'needs_attention', failure: { error: 'invalid_token' } })
  expect(account?.name).toBe('Ada L')
  const { entries } = await grantdesk.call('history.list', { connectionId: id })
  expect(entries[0]).toMatchObject({ operation: 'identify', outcome: 'failed' })
  expect(entries[0]?.detail).toContain('The access token expired')
})

it('a token that is taken again needs no attention any more', async () => {
  const { id } = await connected()
  answer = refuse(401)
  await expect(grantdesk.call('connections.identify', { id })).rejects.toThrow('refused')
  answer = ada
  expect((await grantdesk.call('connections.identify', { id })).status).toEqual({ kind: 'good' })
})

it.each([
  [403, '{"detail":"The REST API is off"}', { kind: 'refused', by: 'api', errorDescription: 'The REST API is off' }],
  [500, '<h1>Something broke</h1>', { kind: 'unexpected_answer', status: 500 }],
])(
  'asking again fails with %i in the server’s words, and the connection stays as it was',
  async (status, body, failure) => {
    const { id } = await connected()
    answer = refuse(status, body)
    await expect(grantdesk.call('connections.identify', { id })).rejects.toMatchObject({ failure })
    expect((await view()).status).toEqual({ kind: 'good' })
  },
)

it.each([
  ['planio', 'api_key', refuse(401, '', { 'www-authenticate': expired }), /this API key \(status 401\).*token expired/],
  ['plane', 'api_key', refuse(403, '{"detail":"Given API token is not valid"}'), /API key \(status 403\).*not valid/],
  [
    'plannr',
    'personal_access_token',
    refuse(401, '{"message":"Unauthenticated."}'),
    /personal access.*Unauthenticated/,
  ],
])('a key that %s refuses is not kept, and its words are told', async (serviceId, grantId, refusal, words) => {
  answer = refusal
  const attempt = await handOver(serviceId, grantId)
  expect(attempt).toMatchObject({
    state: 'failed',
    failure: {
      kind: 'refused',
      by: 'api',
      message: expect.stringMatching(words),
      errorDescription: expect.any(String),
    },
  })
  expect((await grantdesk.call('app.snapshot', {})).connections).toEqual([])
})

it('tokens that the API refuses as soon as they have come are kept, and need attention', async () => {
  answer = (response) => {
    const isToken = response.req.url === '/OAuth2/Token'
    if (isToken) response.end('{"access_token":"at-0123456789","token_type":"bearer"}')
    else refuse(401, '{"message":"Who is that?"}')(response)
  }
  const { id } = await grantdesk.call('connect.start', {
    grantId: 'password',
    scopes: [],
    openBrowser: false,
    username: 'ada',
    password: 'hunter2-correct-horse',
    client: {
      serviceId: 'birdview',
      baseUrl: server.url,
      clientId: 'app',
      clientSecret: 'app-s3cret-0123456789',
      clientAuthentication: 'body',
      redirect: { mode: 'ephemeral' },
    },
  })
  expect(await grantdesk.settled(id)).toMatchObject({ state: 'done' })
  const { status } = await view()
  expect(status).toMatchObject({ kind: 'needs_attention', failure: { by: 'api', errorDescription: 'Who is that?' } })
})
