// Discovery at a server that others wrote: both addresses at which it publishes what it offers, an issuer with a path, and
// metadata in another's name; then the whole way through the description that came of it.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ProcedureOutput } from '../../../contract/procedures.ts'
import { type ForeignServer, startForeignServer } from '../../support/foreign-server.ts'
import { type InteropApp, oddSecret, openInteropApp } from '../../support/interop-app.ts'
import { oidcProvider } from './authorization-servers.ts'

let server: ForeignServer
let at: InteropApp

beforeAll(async () => {
  server = await startForeignServer(oidcProvider.program)
})
afterAll(async () => {
  await server.stop()
})

const client = { clientId: 'all', clientSecret: oddSecret, clientAuthentication: 'basic' as const }
/** What a discovered description is called here: the port of the issuer changes from run to run. */
const id = 'discovered'

beforeEach(async () => {
  at = await openInteropApp({ id, baseUrl: server.baseUrl })
})
afterEach(async () => {
  const leaks = await at.leaks()
  await at.grantdesk.close()
  expect(leaks).toEqual([])
})

const discover = (url: string) => at.grantdesk.call('services.discover', { url })
const store = ({ description }: ProcedureOutput<'services.discover'>) =>
  at.grantdesk.call('services.import', { text: JSON.stringify({ ...description, id }) })

describe('an issuer', () => {
  it('is found at the address of RFC 8414 first, with all that it offers', async () => {
    const { source, kind, issuer, description } = await discover(server.baseUrl)
    expect({ source, kind, issuer }).toEqual({
      source: `${server.baseUrl}/.well-known/oauth-authorization-server`,
      kind: 'oauth_authorization_server',
      issuer: server.baseUrl,
    })
    expect(description).toMatchObject({
      id: `127-0-0-1-${new URL(server.baseUrl).port}`,
      endpoints: {
        authorization: '{base}/auth',
        token: '{base}/token',
        revocation: '{base}/token/revocation',
        deviceAuthorization: '{base}/device/auth',
      },
      issuer: { url: server.baseUrl, inRedirect: true },
      pkce: 'S256',
    })
    expect(description.grants.map(({ type }) => type).sort()).toEqual([
      'authorization_code',
      'client_credentials',
      'device_code',
    ])
    expect(description.clientAuthentication.allowed).toEqual(expect.arrayContaining(['body', 'basic', 'none']))
  })

  it('with a path is found at the address of OpenID Connect, where that of RFC 8414 holds nothing', async () => {
    const realm = `${server.baseUrl}/realm`
    const { source, kind, issuer, description, flowId } = await discover(realm)
    expect({ source, kind, issuer }).toEqual({
      source: `${realm}/.well-known/openid-configuration`,
      kind: 'openid_configuration',
      issuer: realm,
    })
    expect(description).toMatchObject({ base: { default: realm }, endpoints: { token: '{base}/token' } })
    const { events } = await at.grantdesk.call('flows.get', { id: flowId })
    const exchanges = events.filter((event) => event.kind === 'exchange')
    expect(exchanges.map(({ request, response }) => [new URL(request.url).pathname, response?.status])).toEqual([
      ['/.well-known/oauth-authorization-server/realm', 404],
      ['/realm/.well-known/openid-configuration', 200],
    ])
  })

  it('may be given by the address of its metadata', async () => {
    const { issuer } = await discover(`${server.baseUrl}/realm/.well-known/openid-configuration`)
    expect(issuer).toBe(`${server.baseUrl}/realm`)
  })

  it('is refused where the metadata is in another’s name', async () => {
    const elsewhere = server.baseUrl.replace('127.0.0.1', 'localhost')
    const failure = await at.refusal(discover(elsewhere))
    expect(failure).toMatchObject({ kind: 'unexpected_answer', message: expect.stringContaining(server.baseUrl) })
    expect(failure.remedy).toContain('Enter that issuer')
    expect((await at.grantdesk.call('app.snapshot', {})).services.map((service) => service.id)).not.toContain(
      'localhost',
    )
  })

  it('that publishes nothing is not found', async () => {
    expect(await at.refusal(discover(`${server.baseUrl}/nowhere`))).toMatchObject({
      kind: 'invalid_input',
      message: expect.stringContaining('publishes no metadata'),
    })
  })
})

describe('through the discovered description', () => {
  it.each([
    ['an issuer', ''],
    ['an issuer with a path', '/realm'],
  ])('%s is connected, refreshed and revoked', async (_, path) => {
    const baseUrl = server.baseUrl + path
    await store(await discover(baseUrl))
    const connection = await at.connected({ ...client, baseUrl }, { scopes: ['openid'] })
    expect(connection).toMatchObject({ status: { kind: 'good' }, account: { id: 'alice' }, refreshable: true })
    const flows = await at.flows(connection.id)
    const checks = flows.flatMap(({ events }) =>
      events.flatMap((event) => (event.kind === 'check' ? [`${event.which} ${event.result}`] : [])),
    )
    expect(checks).toEqual(
      expect.arrayContaining(['id_token_issuer passed', 'nonce passed', 'id_token_signature passed']),
    )
    const url = new URL(at.grantdesk.ports.opened.at(-1) ?? '')
    expect(url.origin + url.pathname).toBe(`${baseUrl}/auth`)
    const before = await at.held(connection.id)
    await at.grantdesk.call('connections.refresh', { id: connection.id })
    expect((await at.held(connection.id)).access).not.toBe(before.access)
    expect(await at.grantdesk.call('connections.revoke', { id: connection.id })).toMatchObject({ outcome: 'revoked' })
  })

  it('a redirect in another issuer’s name is not taken', async () => {
    const found = await discover(server.baseUrl)
    const description = { ...found.description, issuer: { url: `${server.baseUrl}/realm`, inRedirect: true } }
    await store({ ...found, description })
    const { attempt, end } = await at.visit(client, { scopes: ['openid'] })
    expect(end.words).toContain('not the answer that Grantdesk waits for')
    await at.grantdesk.call('connect.cancel', { id: attempt.id })
    expect(at.wire.sent.filter(({ path }) => path === '/token')).toEqual([])
  })
})
