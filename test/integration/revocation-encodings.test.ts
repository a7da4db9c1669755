// A revocation in both encodings, at the application's door: the one of the description first, the other where the server
// refuses it or where the API takes the token as before.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../support/test-app.ts'
import { type Asked, openTestServer, type TestServer } from '../support/test-server.ts'

type Encoding = 'form' | 'json'
type Reading = (encoding: Encoding, asked: Asked) => { status: number; ends: boolean }

let grantdesk: TestApp
let server: TestServer
/** What the server makes of a revocation. */
let reads: Reading
let ended: boolean
let id = ''

const encodingOf = ({ headers }: Asked): Encoding => (headers['content-type'] === 'application/json' ? 'json' : 'form')
const sent = () => server.to('/revoke').map(encodingOf)

beforeEach(async () => {
  ended = false
  server = await openTestServer((asked) => {
    if (asked.path === '/token') {
      return { json: { access_token: 'at-0123456789', refresh_token: 'rt-0123456789', expires_in: 3600 } }
    }
    if (asked.path === '/me') return ended ? { status: 401 } : { json: { id: '1', name: 'Ada' } }
    const { status, ends } = reads(encodingOf(asked), asked)
    ended ||= ends
    return { status, json: status === 200 ? {} : { error: 'invalid_request', error_description: 'Not in this form.' } }
  })
  grantdesk = await openTestApp()
})
afterEach(async () => {
  await grantdesk.close()
  server.close()
})

async function connected(encoding: Encoding): Promise<void> {
  const description = {
    ...{ schema: 2, id: 'forge', name: 'Forge', base: { default: server.baseUrl, example: '' }, scopes: {} },
    endpoints: { authorization: '{base}/authorize', token: '{base}/token', revocation: '{base}/revoke' },
    registration: { steps: 'Ask.' },
    clientAuthentication: { allowed: ['body'], default: 'body' },
    redirect: { anyPort: 'yes' },
    grants: [{ id: 'password', type: 'password', name: 'Password' }],
    identity: [{ path: '/me', accountId: ['id'], accountName: ['name'] }],
    revocation: { encoding },
  }
  await grantdesk.call('services.import', { text: JSON.stringify(description) })
  const client = {
    ...{ serviceId: 'forge', baseUrl: server.baseUrl, clientId: 'app', clientSecret: 'app-s3cret-0123456789' },
    ...{ clientAuthentication: 'body' as const, redirect: { mode: 'ephemeral' as const } },
  }
  const login = { username: 'ada', password: 'pw-0123456789' }
  const attempt = await grantdesk.call('connect.start', { client, grantId: 'password', scopes: [], ...login })
  const settled = await grantdesk.settled(attempt.id)
  if (settled.state !== 'done') throw new Error(JSON.stringify(settled))
  id = settled.connectionId
}

it.each<[Encoding, Encoding]>([
  ['form', 'json'],
  ['json', 'form'],
])('refused as %s, it is sent as %s', async (first, second) => {
  reads = (encoding) => ({ status: encoding === second ? 200 : 400, ends: encoding === second })
  await connected(first)
  expect(await grantdesk.call('connections.revoke', { id })).toMatchObject({ outcome: 'revoked' })
  expect(sent()).toEqual([first, first, second, second])
})

it('accepted without effect, it is sent the other way, and the API is asked once more', async () => {
  reads = (encoding) => ({ status: 200, ends: encoding === 'form' })
  await connected('json')
  expect(await grantdesk.call('connections.revoke', { id })).toMatchObject({ outcome: 'revoked' })
  expect(sent()).toEqual(['json', 'json', 'form', 'form'])
})

it('taken at once, it is sent one way alone', async () => {
  reads = () => ({ status: 200, ends: true })
  await connected('form')
  expect(await grantdesk.call('connections.revoke', { id })).toMatchObject({ outcome: 'revoked' })
  expect(sent()).toEqual(['form', 'form'])
})

it('refused both ways, the words are those of the first, and the connection stays', async () => {
  reads = () => ({ status: 400, ends: false })
  await connected('json')
  const revocation = await grantdesk.call('connections.revoke', { id })
  expect(revocation).toMatchObject({ outcome: 'still_works', words: expect.stringContaining('Not in this form.') })
  const { connections } = await grantdesk.call('app.snapshot', {})
  expect(connections[0]?.status).toEqual({ kind: 'good' })
})

it('accepted both ways without effect, the service is said to have accepted it', async () => {
  reads = (encoding) => ({ status: encoding === 'form' ? 200 : 415, ends: false })
  await connected('form')
  const { outcome, words } = await grantdesk.call('connections.revoke', { id })
  expect([outcome, words]).toEqual(['still_works', expect.stringContaining('The service accepted the revocation')])
})

it('of the one token that was refused, only that one is sent again', async () => {
  reads = (encoding, asked) => {
    const whole = encoding === 'form' ? asked.form.get('token') : JSON.parse(asked.body).token
    if (encoding === 'form' && whole === 'rt-0123456789') return { status: 400, ends: false }
    return { status: 200, ends: whole === 'at-0123456789' }
  }
  await connected('form')
  expect(await grantdesk.call('connections.revoke', { id })).toMatchObject({ outcome: 'revoked' })
  expect(sent()).toEqual(['form', 'form', 'json'])
})
