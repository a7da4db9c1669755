// A test request's token goes to its service's origin and nowhere else: whatever address is typed, wherever the service
// sends on. A second server listens for it.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Attempt } from '../../contract/attempt.ts'
import type { RequestInput } from '../../contract/request.ts'
import { fuzzDescription } from '../support/fuzz/fuzz-service.ts'
import { memoryPorts } from '../support/memory-ports.ts'
import { openTestApp, Refused, type TestApp } from '../support/test-app.ts'
import { serve, type TestServer } from '../unit/core/flows/flow-fixture.ts'

const token = 'token-that-must-stay-at-home'
let home: TestServer
let foreign: TestServer
let grantdesk: TestApp
let connectionId = ''

/** `/to/<status>/<address>` sends on there. */
beforeAll(async () => {
  foreign = await serve((_request, response) => response.end('thank you'))
  home = await serve((request, response) => {
    const [, status, encoded = ''] = /^\/to\/(\d+)\/(.*)$/.exec(request.url ?? '') ?? []
    if (status) response.writeHead(Number(status), { location: decodeURIComponent(encoded) }).end()
    else response.setHeader('content-type', 'application/json').end('{"id":"1","name":"Ada"}')
  })
  grantdesk = await openTestApp()
  connectionId = await connectByHand(grantdesk, home.url)
})
afterAll(async () => {
  await grantdesk?.close()
  await home?.close()
  await foreign?.close()
})
beforeEach(() => {
  home.requests.length = 0
  foreign.requests.length = 0
})

async function connectByHand(at: TestApp, baseUrl: string, more: object = {}): Promise<string> {
  const text = JSON.stringify({ ...fuzzDescription, base: { default: baseUrl, example: baseUrl }, ...more })
  await at.call('services.import', { text, replace: true })
  const place = { serviceId: fuzzDescription.id, baseUrl }
  const attempt = await at.call('connect.start', { place, grantId: 'key', scopes: [], token: { value: token } })
  const done: Attempt = attempt.state === 'done' ? attempt : await at.settled(attempt.id)
  if (done.state !== 'done') throw new Error(JSON.stringify(done))
  return done.connectionId
}

const send = (path: string, more: Partial<RequestInput> = {}) =>
  grantdesk.call('requests.send', { key: 'k', connectionId, method: 'GET', path, ...more })

const host = (server: TestServer) => new URL(server.url).host
const onward = (status: number, address: string) => `/to/${status}/${encodeURIComponent(address)}`

describe('an address that was typed is refused before anything is sent:', () => {
  it.each<[string, () => string]>([
    ['another host', () => 'https://evil.example/x'],
    ['another port', () => `${foreign.url}/x`],
    ['another name of the same machine', () => `http://localhost:${new URL(home.url).port}/x`],
    ['the same host over https', () => `https://${host(home)}/x`],
    ['a user name that looks like the host', () => `http://${host(home)}@${host(foreign)}/x`],
    ['a user name and password', () => `http://ada:pw@${host(home)}/x`],
    ['backslashes for slashes', () => `http:\\\\${host(foreign)}\\x`],
    ['a scheme without slashes', () => `http:${host(foreign)}/x`],
    ['another scheme', () => 'file:///etc/passwd'],
    ['a script', () => 'javascript:fetch(1)'],
    ['a blank in front', () => `  ${foreign.url}/x`],
    ['capitals', () => `HTTP://${host(foreign)}/x`],
  ])('%s', async (_, path) => {
    const refused = await send(path()).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(Refused)
    expect(refused).toHaveProperty('failure.kind', 'invalid_input')
    expect([...home.requests, ...foreign.requests]).toEqual([])
  })

  it.each<[string, () => string]>([
    ['two slashes', () => `//${host(foreign)}/x`],
    ['two backslashes', () => `\\\\${host(foreign)}\\x`],
    ['a slash and a backslash', () => `/\\${host(foreign)}/x`],
    ['a tab in the scheme', () => `ht\ttp://${host(foreign)}/x`],
    ['an at sign', () => `@${host(foreign)}/x`],
    ['dots', () => `/../..//${host(foreign)}/x`],
  ])('%s lead to a path at home', async (_, path) => {
    await send(path())
    expect(home.requests).toHaveLength(1)
    expect(home.requests[0]?.headers.authorization).toBe(`Bearer ${token}`)
    expect(foreign.requests).toEqual([])
  })
})

describe('a redirect away is shown and not followed:', () => {
  const methods = ['GET', 'POST', 'PUT', 'DELETE'] as const
  const cases = [301, 302, 303, 307, 308].flatMap((status) => methods.map((method) => [status, method] as const))
  it.each(cases)('%i after %s', async (status, method) => {
    const result = await send(onward(status, `${foreign.url}/x`), { method, body: method === 'GET' ? '' : token })
    expect(result.status).toBe(status)
    expect(home.requests).toHaveLength(1)
    expect(foreign.requests).toEqual([])
  })

  it.each<[string, () => string]>([
    ['two slashes', () => `//${host(foreign)}/x`],
    ['backslashes', () => `\\\\${host(foreign)}\\x`],
    ['a user name', () => `http://${host(home)}@${host(foreign)}/x`],
    ['another name of the same machine', () => `http://localhost:${new URL(home.url).port}/x`],
    ['https', () => `https://${host(home)}/x`],
  ])('to an address with %s', async (_, address) => {
    const result = await send(onward(302, address()))
    expect(result.status).toBe(302)
    expect(home.requests).toHaveLength(1)
    expect(foreign.requests).toEqual([])
  })

  it('nor when it leaves only after it stayed at home', async () => {
    const leaving = onward(307, `${foreign.url}/x`)
    const result = await send(onward(308, onward(302, leaving)), { method: 'POST', body: 'x' })
    expect(result.status).toBe(307)
    expect(home.requests.map(({ method }) => method)).toEqual(['POST', 'POST', 'GET'])
    expect(foreign.requests).toEqual([])
  })

  it('nor from https to http on the same host', async () => {
    const sent: string[] = []
    const away = Response.redirect('http://api.example/x', 302)
    const fetch: typeof globalThis.fetch = async (input) => {
      sent.push(String(input))
      return String(input).endsWith('/away') ? away.clone() : Response.json({ id: '1', name: 'Ada' })
    }
    const secure = await openTestApp(memoryPorts({ fetch }))
    const id = await connectByHand(secure, 'https://api.example')
    const asked = { key: 'k', connectionId: id, method: 'GET' as const }
    expect((await secure.call('requests.send', { ...asked, path: '/away' })).status).toBe(302)
    await expect(secure.call('requests.send', { ...asked, path: 'http://api.example/x' })).rejects.toThrow(Refused)
    expect(sent.filter((address) => !address.startsWith('https://api.example/'))).toEqual([])
    await secure.close()
  })
})

describe('where the service names the origins of its API', () => {
  const api = () => ({ origins: [new URL(foreign.url).origin] })
  const secondly = async (more: object) => {
    const at = await openTestApp()
    const id = await connectByHand(at, home.url, more)
    return {
      at,
      id,
      sent: (path: string) => at.call('requests.send', { key: 'k', connectionId: id, method: 'GET', path }),
    }
  }

  it('it goes there, by a path or by the full address, also in a curl command', async () => {
    const { at, id, sent } = await secondly({ api: api(), identity: [], workspaces: [] })
    await sent('/things')
    await sent(`${foreign.url}/more`)
    expect(foreign.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/things', `Bearer ${token}`],
      ['/more', `Bearer ${token}`],
    ])
    const request = { method: 'GET' as const, path: '/things', headers: [], body: '' }
    await at.call('connections.copy', { id, what: 'curl', request })
    expect(at.ports.copied.at(-1)).toContain(`${foreign.url}/things`)
    expect(home.requests).toEqual([])
    await at.close()
  })

  it('it goes to no other, the base URL’s included, and no account is asked for there', async () => {
    const { at, id, sent } = await secondly({ api: api(), identity: [], workspaces: [] })
    for (const path of [`${home.url}/x`, '{base}/x', 'https://evil.example/x']) {
      await expect(sent(path)).rejects.toThrow(Refused)
    }
    await expect(at.call('connections.setTestPath', { id, path: `${home.url}/x` })).rejects.toThrow(Refused)
    expect([...home.requests, ...foreign.requests]).toEqual([])
    await at.close()
  })

  it('a redirect from one of them to another is shown and not followed', async () => {
    const { at, sent } = await secondly({ api: { origins: ['{base}', ...api().origins] } })
    home.requests.length = 0
    expect((await sent(onward(302, `${foreign.url}/x`))).status).toBe(302)
    expect(foreign.requests).toEqual([])
    await at.close()
  })
})

it('is copied into no curl command for another origin', async () => {
  const request = { method: 'GET' as const, path: `${foreign.url}/x`, headers: [], body: '' }
  await expect(grantdesk.call('connections.copy', { id: connectionId, what: 'curl', request })).rejects.toThrow(Refused)
})

it('says, where it is refused, whose it is and what the person can do instead', async () => {
  const refused = await send(`${foreign.url}/x`).catch((error: unknown) => error)
  const { message, remedy } = (refused as Refused).failure
  expect(message).toBe(
    `The address is on ${host(foreign)}, but this connection’s token is for ${host(home)} and is sent nowhere else.`,
  )
  expect(remedy).toMatch(/^Copy the token to send it there yourself, or describe a service of your own/)
})
