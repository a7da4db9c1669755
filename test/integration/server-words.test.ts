// What people read of refusals, at the application's door, whatever their client secret is: a small server that refuses as it is
// told, and quotes the secret as some do.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Attempt } from '../../contract/attempt.ts'
import type { Failure } from '../../contract/failure.ts'
import { checkTitle } from '../../contract/flow/check-words.ts'
import type { KeptFlow } from '../../contract/flow/flow.ts'
import { openTestApp, Refused, type TestApp } from '../support/test-app.ts'

const description = (baseUrl: string) => ({
  schema: 2,
  id: 'stern',
  name: 'Stern',
  base: { default: baseUrl, example: baseUrl },
  endpoints: {
    authorization: '{base}/authorize',
    token: '{base}/token',
    revocation: '{base}/revoke',
    deviceAuthorization: '{base}/device',
  },
  registration: { steps: 'Ask.' },
  clientAuthentication: { allowed: ['body', 'basic'], default: 'body' },
  redirect: { anyPort: 'yes' },
  grants: [
    { id: 'machine', type: 'client_credentials', name: 'Client credentials', refresh: false },
    { id: 'login', type: 'password', name: 'Password', refresh: true },
    { id: 'device', type: 'device_code', name: 'Device', refresh: true },
  ],
  scopes: { default: [] },
})

interface Told {
  status: number
  body: object
}

const token = { access_token: 'at-Zk3f9q-0123456789', refresh_token: 'rt-Zk3f9q-0123456789', expires_in: 3600 }
const refused = (error: string, error_description?: string, status = 400): Told => ({
  status,
  body: { error, error_description },
})

let grantdesk: TestApp
let server: Server
let baseUrl = ''
/** The answers of the token endpoint, the last again and again. */
let answers: Told[]
let revocation: Told

beforeEach(async () => {
  answers = []
  server = createServer((request, response) => {
    request.resume()
    const device = { device_code: 'dc-Zk3f9q-0123456789', user_code: 'WDJB-MJHT', interval: 0.1 }
    const told: Record<string, () => Told | undefined> = {
      '/token': () => (answers.length > 1 ? answers.shift() : answers[0]),
      '/revoke': () => revocation,
      '/device': () => ({ status: 200, body: { ...device, verification_uri: `${baseUrl}/enter`, expires_in: 60 } }),
    }
    const { status, body } = told[request.url ?? '']?.() ?? { status: 404, body: {} }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  grantdesk = await openTestApp()
  await grantdesk.call('services.import', { text: JSON.stringify(description(baseUrl)) })
})
afterEach(async () => {
  await grantdesk.close()
  server.closeAllConnections()
  server.close()
})

async function connect(clientSecret: string, grantId = 'machine'): Promise<Attempt> {
  const attempt = await grantdesk.call('connect.start', {
    client: {
      ...{ serviceId: 'stern', baseUrl, clientId: 'web', clientSecret },
      ...{ clientAuthentication: 'body', redirect: { mode: 'ephemeral' } },
    },
    grantId,
    scopes: [],
    name: 'Stern',
    ...(grantId === 'login' ? { username: 'ada', password: 'pw-Zk3f9q-0123456789' } : {}),
  })
  return grantdesk.settled(attempt.id)
}

async function failed(clientSecret: string, grantId?: string): Promise<Failure> {
  const attempt = await connect(clientSecret, grantId)
  if (attempt.state !== 'failed') throw new Error(attempt.state)
  return attempt.failure
}

async function connected(clientSecret: string, grantId?: string): Promise<string> {
  answers = [{ status: 200, body: token }]
  const attempt = await connect(clientSecret, grantId)
  if (attempt.state !== 'done') throw new Error(JSON.stringify(attempt))
  return attempt.connectionId
}

async function refreshRefused(id: string, told: Told): Promise<Failure> {
  answers = [told]
  const error: unknown = await grantdesk.call('connections.refresh', { id }).catch((reason: unknown) => reason)
  if (!(error instanceof Refused)) throw error
  return error.failure
}

async function newestFlow(): Promise<KeptFlow> {
  const { flows } = await grantdesk.call('flows.list', {})
  return grantdesk.call('flows.get', { id: flows[0]?.id ?? '' })
}

describe('a client secret of ordinary words', () => {
  it.each(['client-secret-xyz', 'secret', 'client', 'invalid_client', 'code'])(
    'changes neither the server’s words nor ours: %s',
    async (secret) => {
      answers = [refused('invalid_client', 'No such client or secret', 401)]
      expect(await failed(secret)).toMatchObject({
        kind: 'refused',
        reason: 'invalid_client',
        error: 'invalid_client',
        message: 'The server did not accept the client: No such client or secret (invalid_client)',
        remedy: expect.stringMatching(/^Check the client id and the client secret, or choose another/),
        clientRefused: true,
      })
    },
  )

  it('is told in the flow where it is too weak, and hidden where it stands', async () => {
    answers = [refused('invalid_client', 'The secret is wrong', 401)]
    await failed('secret')
    const { events } = await newestFlow()
    expect(events.flatMap((event) => (event.kind === 'check' ? [checkTitle(event)] : []))).toContain(
      'Hiding of secrets: client secret hidden in part',
    )
    const [exchange] = events.flatMap((event) => (event.kind === 'exchange' ? [event] : []))
    expect(exchange?.request.body).toMatch(/client_secret=<client_secret:[0-9a-f]+>/)
    expect(exchange?.response?.body).toContain('The secret is wrong')
  })

  it('that is long and random is hidden in the server’s words, too', async () => {
    const secret = 'Zk3f9q-9876543210'
    answers = [refused('invalid_client', `I do not know ${secret}`, 401)]
    const failure = await failed(secret)
    expect(failure.message).toMatch(/^The server did not accept the client: I do not know <[^>]+> \(invalid_client\)$/)
    expect(grantdesk.crossed.join()).not.toContain(secret)
  })
})

describe('a refusal', () => {
  const secret = 'client-secret-xyz'

  it.each([
    ['bad_refresh_token', /^Connect again to get new tokens/],
    ['interaction_required', /^Connect with a grant that|^Connect again in the browser/],
    ['consent_required', /consent/],
    ['invalid_target', /resource indicators/],
  ])('of a refresh has its remedy, also under status 200: %s', async (error, remedy) => {
    const id = await connected(secret, 'login')
    for (const status of [400, 200]) {
      expect(await refreshRefused(id, refused(error, undefined, status))).toMatchObject({
        ...{ kind: 'refused', error, status },
        remedy: expect.stringMatching(remedy),
      })
    }
  })

  it('of a refresh by a server that is busy refuses nothing, and leaves the connection as it was', async () => {
    const id = await connected(secret, 'login')
    expect(await refreshRefused(id, refused('temporarily_unavailable'))).toMatchObject({ kind: 'unexpected_answer' })
    expect((await grantdesk.call('app.snapshot', {})).connections).toMatchObject([{ id, status: { kind: 'good' } }])
  })

  it('for want of consent asks for no new secret', async () => {
    answers = [refused('invalid_client', 'Client requires user consent', 401)]
    const failure = await failed(secret, 'login')
    expect(failure).toMatchObject({ reason: 'consent_required', remedy: expect.stringContaining('consent') })
    expect(failure).not.toHaveProperty('clientRefused')
  })

  it.each([
    ['authorization_declined', /^Connect again and allow it/],
    ['bad_verification_code', /^Start again for a new code/],
  ])('of a device code has its remedy: %s', async (error, remedy) => {
    answers = [refused('authorization_pending', undefined, 200), refused(error)]
    const failure = await failed(secret, 'device')
    expect(failure).toMatchObject({ kind: 'refused', error, remedy: expect.stringMatching(remedy) })
    expect(failure).not.toHaveProperty('clientRefused')
  })

  it('of a device code that ended says that it did, in any spelling', async () => {
    answers = [refused('Authorization_Pending'), refused('Expired_Token')]
    expect(await failed(secret, 'device')).toMatchObject({ kind: 'timed_out' })
  })

  it('of a revocation has its remedy', async () => {
    const id = await connected(secret, 'login')
    revocation = refused('unsupported_token_type')
    const { words } = await grantdesk.call('connections.revoke', { id })
    expect(words).toContain('unsupported_token_type')
  })
})
