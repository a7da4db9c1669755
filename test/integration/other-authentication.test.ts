// A refresh that another client authentication method would cure, at the application's door: a small server changes its
// mind about which method it takes.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ConnectionView } from '../../contract/connection.ts'
import type { Failure } from '../../contract/failure.ts'
import { eventNote } from '../../contract/flow/words.ts'
import type { ClientAuthentication } from '../../contract/service.ts'
import { openTestApp, Refused, type TestApp } from '../support/test-app.ts'

const description = (baseUrl: string, grant: object = {}) => ({
  schema: 2,
  id: 'fickle',
  name: 'Fickle',
  base: { default: baseUrl, example: baseUrl },
  endpoints: { authorization: '{base}/authorize', token: '{base}/token' },
  registration: { steps: 'Ask.' },
  clientAuthentication: { allowed: ['body', 'basic', 'basic-raw'], default: 'body' },
  redirect: { anyPort: 'yes' },
  grants: [{ id: 'machine', type: 'client_credentials', name: 'Client credentials', refresh: false, ...grant }],
  scopes: { default: [] },
})

describe('a refresh with another client authentication', () => {
  let grantdesk: TestApp
  let server: Server
  let baseUrl = ''
  let accepts: 'body' | 'basic' | 'neither'
  let connection: ConnectionView
  let sent: string[]

  beforeEach(async () => {
    accepts = 'body'
    sent = []
    server = createServer((request, response) => {
      request.resume()
      const method = request.headers.authorization?.startsWith('Basic ') ? 'basic' : 'body'
      if (request.url === '/token') sent.push(method)
      const fine = request.url === '/token' && method === accepts
      const token = { access_token: `at-${sent.length}-0123456789`, token_type: 'Bearer', expires_in: 3600 }
      response.writeHead(fine ? 200 : 401, { 'content-type': 'application/json' })
      response.end(JSON.stringify(fine ? token : { error: 'invalid_client' }))
    }).listen(0, '127.0.0.1')
    await new Promise((listening) => server.once('listening', listening))
    baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    grantdesk = await openTestApp()
    await grantdesk.call('services.import', { text: JSON.stringify(description(baseUrl)) })
    connection = await connect()
  })
  afterEach(async () => {
    await grantdesk.close()
    server.closeAllConnections()
    server.close()
  })

  async function connect(): Promise<ConnectionView> {
    const attempt = await grantdesk.call('connect.start', {
      client: {
        ...{ serviceId: 'fickle', baseUrl, clientId: 'machine', clientSecret: 's3cret-0123456789' },
        ...{ clientAuthentication: 'body', redirect: { mode: 'ephemeral' } },
      },
      grantId: 'machine',
      scopes: [],
      name: 'Machine',
    })
    const settled = await grantdesk.settled(attempt.id)
    if (settled.state !== 'done') throw new Error(JSON.stringify(settled))
    return present(settled.connectionId)
  }

  async function present(id = connection.id): Promise<ConnectionView> {
    const { connections } = await grantdesk.call('app.snapshot', {})
    const found = connections.find((one) => one.id === id)
    if (!found) throw new Error('the connection is gone')
    return found
  }

  const method = async () => (await grantdesk.call('app.snapshot', {})).clients[0]?.clientAuthentication

  async function refused(clientAuthentication?: ClientAuthentication): Promise<Failure> {
    const error = await grantdesk
      .call('connections.refresh', { id: connection.id, clientAuthentication })
      .catch((e) => e)
    if (!(error instanceof Refused)) throw new Error('it was not refused')
    return error.failure
  }

  it('keeps the method that worked with the client, and the connection is well', async () => {
    accepts = 'basic'
    expect(await refused()).toMatchObject({ kind: 'refused', tryAuthentication: ['basic', 'basic-raw'] })
    const after = await grantdesk.call('connections.refresh', { id: connection.id, clientAuthentication: 'basic' })
    expect(after.status).toEqual({ kind: 'good' })
    const { flows } = await grantdesk.call('flows.list', { connectionId: connection.id })
    const { events } = await grantdesk.call('flows.get', { id: flows[0]?.id ?? '' })
    expect(events[0]).toMatchObject({
      decision: { question: 'client_authentication', choice: 'basic', stored: 'body' },
    })
    expect(events[0] && eventNote(events[0])).toMatch(/^Tried: HTTP Basic.*, instead of /)
    expect(await method()).toBe('basic')
    await grantdesk.call('connections.refresh', { id: connection.id })
    expect(sent.slice(-3)).toEqual(['body', 'basic', 'basic'])
    const { entries } = await grantdesk.call('history.list', { connectionId: connection.id })
    expect(entries.map(({ detail }) => detail).join('\n')).toContain(
      'authenticates with “HTTP Basic (client_secret_basic)” from now on',
    )
  })

  it('leaves client and connection as they were where the other is refused too, and does not offer the first again', async () => {
    accepts = 'neither'
    await refused()
    const before = (await present()).status
    expect(await refused('basic')).toMatchObject({ kind: 'refused', tryAuthentication: ['basic-raw'] })
    expect(await method()).toBe('body')
    expect((await present()).status).toEqual(before)
  })

  it('is a try of its own beside a refresh that is under way', async () => {
    accepts = 'basic'
    const plain = refused()
    const tried = grantdesk.call('connections.refresh', { id: connection.id, clientAuthentication: 'basic' })
    await plain
    expect((await tried).status).toEqual({ kind: 'good' })
    expect(sent.slice(-2)).toEqual(['body', 'basic'])
  })

  it('keeps it for the grant alone where that has a method of its own', async () => {
    accepts = 'basic'
    const own = description(baseUrl, { clientAuthentication: 'body' })
    await grantdesk.call('services.import', { text: JSON.stringify(own), replace: true })
    expect(await refused()).toMatchObject({ kind: 'refused', tryAuthentication: ['basic', 'basic-raw'] })
    await grantdesk.call('connections.refresh', { id: connection.id, clientAuthentication: 'basic' })
    await grantdesk.call('connections.refresh', { id: connection.id })
    expect(sent.slice(-3)).toEqual(['body', 'basic', 'basic'])
    const { clients } = await grantdesk.call('app.snapshot', {})
    expect(clients[0]).toMatchObject({ clientAuthentication: 'body', grantAuthentication: { machine: 'basic' } })
    const { entries } = await grantdesk.call('history.list', { connectionId: connection.id })
    expect(entries.map(({ detail }) => detail).join('\n')).toContain(
      'authenticates with “HTTP Basic (client_secret_basic)” for Client credentials from now on',
    )
  })

  it('connects with a method other than the grant’s own, which stays for later', async () => {
    accepts = 'basic'
    const own = description(baseUrl, { clientAuthentication: 'body' })
    await grantdesk.call('services.import', { text: JSON.stringify(own), replace: true })
    const client = (await grantdesk.call('app.snapshot', {})).clients[0]
    if (!client) throw new Error('the client is gone')
    const begin = async (grantAuthentication: Record<string, ClientAuthentication>) => {
      const { id, serviceId, clientId, redirect, clientAuthentication } = client
      const changed = { id, serviceId, baseUrl, clientId, redirect, clientAuthentication, grantAuthentication }
      const attempt = await grantdesk.call('connect.start', { client: changed, grantId: 'machine', scopes: [] })
      return grantdesk.settled(attempt.id)
    }
    expect(await begin({})).toMatchObject({ failure: { tryAuthentication: ['basic', 'basic-raw'] } })
    expect(await begin({ machine: 'basic' })).toMatchObject({ state: 'done' })
    const again = await grantdesk.call('connect.start', { client: { id: client.id }, grantId: 'machine', scopes: [] })
    expect(await grantdesk.settled(again.id)).toMatchObject({ state: 'done' })
  })
})
