// Promise 10: the browser tab is as closed as the window. Attacked over sockets.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type HttpDoor, openHttpDoor } from '../../../../core/door/http-door.ts'
import { largestCall } from '../../../../core/door/largest-call.ts'
import { rendererPage } from '../../../../core/door/page.ts'
import { rawRequest, sendRaw } from './raw-http.ts'
import { type SampleApp, sampleApp, sampleSnapshot } from './sample-app.ts'

let folder = ''
let app: SampleApp
let door: HttpDoor
let port = 0
let cookie = ''
let proof = ''

const call = JSON.stringify({ procedure: 'app.snapshot', input: {} })

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'grantdesk-http-'))
  writeFileSync(join(folder, 'tab.html'), 'the page')
  writeFileSync(join(folder, 'tab.js'), 'the script')
  app = sampleApp()
  door = await openHttpDoor({ app, page: rendererPage(folder, 'tab.html'), port: 0 })
  port = Number(new URL(door.url).port)
  const admitted = await get(new URL(door.url).pathname + new URL(door.url).search)
  cookie = admitted.headers.get('set-cookie')?.split(';')[0] ?? ''
  proof = admitted.headers.get('location')?.split('#proof=')[1] ?? ''
})
afterEach(async () => {
  await door.close()
  rmSync(folder, { recursive: true })
})

const get = (target: string, headers: Record<string, string | null> = {}) => {
  return sendRaw(port, rawRequest(target, port, { headers }))
}
const post = (headers: Record<string, string | null> = {}, body = call, target = '/door') => {
  const pass = { Cookie: cookie, 'Grantdesk-Proof': proof }
  return sendRaw(port, rawRequest(target, port, { method: 'POST', headers: { ...pass, ...headers }, body }))
}

describe('a browser that was let in', () => {
  it('exchanges the token for a cookie and a proof that no server is sent, and the address for one without it', async () => {
    const { status, headers, body } = await get(`/?token=${new URL(door.url).searchParams.get('token')}`)
    expect(status).toBe(303)
    expect(headers.get('location')).toMatch(/^\/#proof=[\w-]{43}$/)
    expect(headers.get('set-cookie')).not.toContain(proof)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('set-cookie')).toMatch(new RegExp(`^grantdesk-${port}=.*HttpOnly; SameSite=Strict$`))
    expect(body).toBe('')
  })

  it('gets the page, its files, answers and changes', async () => {
    expect((await get('/', { Cookie: cookie })).body).toBe('the page')
    expect((await get('/tab.js', { Cookie: cookie })).body).toBe('the script')
    const answered = await post()
    expect(answered.status).toBe(200)
    expect(JSON.parse(answered.body)).toEqual({ ok: true, value: sampleSnapshot })
    expect(app.calls).toEqual([{ name: 'app.snapshot', input: {}, caller: 'tab' }])
    const stream = await sendRaw(
      port,
      rawRequest('/changes', port, { headers: { Cookie: cookie, 'Grantdesk-Proof': proof } }),
      300,
    )
    expect(stream.headers.get('content-type')).toBe('text/event-stream')
    expect(stream.body).toContain('data: {"kind":"snapshot"')
    await expect.poll(() => app.listeners.size).toBe(0)
  })

  it('is not let in by a ticket twice, and by a file’s page once', async () => {
    const target = door.ticketUrl().slice(door.origin.length)
    const first = await get(target, { 'Sec-Fetch-Site': 'cross-site' })
    expect(first.status).toBe(200)
    expect(first.headers.get('set-cookie')).toContain(`grantdesk-${port}=`)
    expect(first.body).toContain(`url=/#proof=${proof}"`)
    const second = await get(target)
    expect(second.status).toBe(401)
    expect(second.headers.has('set-cookie')).toBe(false)
  })

  it('hears no CORS from any answer', async () => {
    const answers = [await get('/'), await post(), await post({ Origin: 'http://evil.example' }), await get('/nothing')]
    const preflight = rawRequest('/door', port, { method: 'OPTIONS', headers: { Origin: 'http://evil.example' } })
    for (const { headers } of [...answers, await sendRaw(port, preflight)]) {
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })
})

describe('anybody else', () => {
  it.each(['/', '/tab.js', '/changes'])('without the cookie gets nothing of %s', async (target) => {
    const { status, body, headers } = await get(target)
    expect(status).toBe(401)
    expect(body).not.toMatch(/the page|the script|snapshot/)
    expect(headers.has('set-cookie')).toBe(false)
  })

  it.each(['/?token=', '/?token=wrong', '/?token=a&token=b', '/?ticket=', '/?x=1'])(
    'is not let in by %s',
    async (target) => {
      const { status, headers } = await get(target)
      expect(status).toBe(401)
      expect(headers.has('set-cookie')).toBe(false)
    },
  )

  it.each(['grantdesk-PORT=', 'grantdesk-PORT=wrong', 'grantdesk-1=COOKIE', 'COOKIE'])(
    'cannot call with the cookie %s',
    async (text) => {
      const value = cookie.split('=')[1] ?? ''
      const made = text.replace('PORT', String(port)).replace('COOKIE', value)
      expect((await post({ Cookie: made })).status).toBe(401)
      expect(app.calls).toEqual([])
    },
  )
})

describe('another server on this machine, which browsers send the cookie to,', () => {
  it.each([null, '', 'wrong', 'COOKIE'])('can neither call nor listen with the proof “%s”', async (text) => {
    const headers = { 'Grantdesk-Proof': text?.replace('COOKIE', cookie.split('=')[1] ?? '') ?? null }
    const called = await post(headers)
    expect(called.status).toBe(401)
    expect(called.body).toContain('Open the address that grantdesk serve printed.')
    expect((await get('/changes', { Cookie: cookie, ...headers })).status).toBe(401)
    expect(app.calls).toEqual([])
    expect(app.listeners.size).toBe(0)
  })

  it('finds the proof in no answer that the cookie alone gets', async () => {
    for (const target of ['/', '/tab.js', '/?ticket=', '/?token=', '/nothing']) {
      const { headers, body } = await get(target, { Cookie: cookie })
      expect(JSON.stringify([...headers]) + body).not.toContain(proof)
    }
  })
})

describe('a request with the right cookie all the same is refused', () => {
  const hosts = [
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    '127.0.0.1.evil.example:PORT',
    'LOCALHOST:PORT',
    '0.0.0.0:PORT',
    '',
  ]
  it.each(hosts)('with the Host “%s”', async (host) => {
    const Host = host.replace('PORT', String(port))
    expect((await post({ Host, Origin: `http://${Host}` })).status).toBeGreaterThanOrEqual(400)
    expect((await get('/', { Host, Cookie: cookie })).body).not.toContain('the page')
    expect(app.calls).toEqual([])
  })

  it.each([
    'http://evil.example',
    'null',
    'https://127.0.0.1:PORT',
    'http://127.0.0.1:1',
    'http://localhost:PORT',
    '',
    null,
  ])('with the Origin “%s”', async (origin) => {
    expect((await post({ Origin: origin?.replace('PORT', String(port)) ?? null })).status).toBe(403)
    expect(app.calls).toEqual([])
  })

  it.each(['cross-site', 'same-site', 'none'])('with Sec-Fetch-Site “%s”', async (site) => {
    expect((await post({ 'Sec-Fetch-Site': site })).status).toBe(403)
    expect(app.calls).toEqual([])
  })

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-16',
    'application/jsonp',
    null,
  ])('with the content type “%s”', async (type) => {
    expect((await post({ 'Content-Type': type })).status).toBe(415)
    expect(app.calls).toEqual([])
  })

  it.each(['GET', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'PATCH'])('by the method %s', async (method) => {
    const headers = { Cookie: cookie, Origin: `http://127.0.0.1:${port}` }
    const { status } = await sendRaw(port, rawRequest('/door', port, { method, headers }))
    expect(status).toBe(405)
  })

  it.each(['/changes', '/', '/tab.js'])('by POST to %s', async (target) => {
    expect((await post({}, call, target)).status).toBe(405)
  })

  const smuggled: [string, Record<string, string | null>][] = [
    ['a second Host', { host: 'evil.example' }],
    ['a second Origin', { origin: 'http://evil.example' }],
    ['a second Content-Type', { 'content-type': 'text/plain' }],
    ['a second Cookie', { cookie: 'a=b' }],
    ['a second Content-Length', { 'content-length': '3' }],
    ['chunks instead of a length', { 'Content-Length': null, 'Transfer-Encoding': 'chunked' }],
    ['chunks beside a length', { 'Transfer-Encoding': 'chunked' }],
    ['an obfuscated Transfer-Encoding', { 'Transfer-Encoding': 'xchunked' }],
    ['a space before a colon', { 'Transfer-Encoding ': 'chunked' }],
    ['a compressed body', { 'Content-Encoding': 'gzip' }],
    ['an upgrade', { Upgrade: 'websocket' }],
    ['a folded header', { 'X-Folded': 'a\r\n Host: evil.example' }],
    ['a bare line feed', { 'X-Split': 'a\nHost: evil.example' }],
    ['no length', { 'Content-Length': null }],
    ['a negative length', { 'Content-Length': '-1' }],
  ]
  it.each(smuggled)('with %s', async (_, headers) => {
    const { status } = await post(headers)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(app.calls).toEqual([])
  })

  it.each(['http://evil.example/door', '//evil.example/', '/\\evil.example', '*'])(
    'for the target %s',
    async (target) => {
      expect((await get(target, { Cookie: cookie })).status).toBeGreaterThanOrEqual(400)
    },
  )

  it.each(['/nothing', '/door?x=1', '/tab.js?x=1', '/%2e%2e/package.json', '/../package.json', '/tab.html/x'])(
    'for %s',
    async (target) => {
      const { status, body } = await get(target, { Cookie: cookie })
      expect([404, 405]).toContain(status)
      expect(body).not.toContain('the page')
    },
  )

  it.each([
    '',
    '{',
    '[]',
    '"x"',
    '{"procedure":1,"input":{}}',
    '{"procedure":"app.snapshot","input":{},"more":1}',
    'null',
  ])('with the body %j', async (body) => {
    expect((await post({}, body)).status).toBe(400)
    expect(app.calls).toEqual([])
  })

  it('with a body in chunks where no body belongs', async () => {
    const headers = { Cookie: cookie, 'Transfer-Encoding': 'chunked' }
    const { status, body } = await sendRaw(port, rawRequest('/', port, { headers, body: '0\r\n\r\n' }))
    expect(status).toBe(400)
    expect(body).not.toContain('the page')
  })

  it('when it announces more than the longest call', async () => {
    expect((await post({ 'Content-Length': String(largestCall + 1) })).status).toBe(413)
  })

  it('and takes a body of just under that', async () => {
    const input = 'a'.repeat(largestCall - 100)
    const { status } = await post({}, JSON.stringify({ procedure: 'app.snapshot', input }))
    expect(status).toBe(200)
  })
})

it('ends a request whose head never ends', async () => {
  await door.close()
  door = await openHttpDoor({ app, page: rendererPage(folder, 'tab.html'), port: 0, headTime: 300 })
  port = Number(new URL(door.url).port)
  const socket = connect(port, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: 127'))
  // TestAnswer of its end only when the other side ends it.
  await new Promise((resolve) => socket.resume().once('end', resolve))
  socket.destroy()
})

it('takes the right request after all of them, and under the flood', async () => {
  const open = Array.from({ length: 60 }, () => connect(port, '127.0.0.1'))
  await Promise.all(Array.from({ length: 40 }, () => sendRaw(port, 'nonsense\r\n\r\n')))
  expect((await post()).status).toBe(200)
  for (const socket of open) socket.destroy()
})

it('answers beside 260 connections that ask nothing, and keeps a tab’s changes', async () => {
  const listening = connect(port, '127.0.0.1', () => {
    listening.write(rawRequest('/changes', port, { headers: { Cookie: cookie, 'Grantdesk-Proof': proof } }))
  })
  await expect.poll(() => app.listeners.size).toBe(1)
  const idle = Array.from({ length: 260 }, () => connect(port, '127.0.0.1').on('error', () => undefined))
  await Promise.all(idle.map((socket) => new Promise((resolve) => socket.once('connect', resolve))))
  expect((await post()).status).toBe(200)
  expect(app.listeners.size).toBe(1)
  for (const socket of [...idle, listening]) socket.destroy()
})

it('ends nobody’s connection who was let in, however many there are', async () => {
  const headers = { Cookie: cookie, 'Grantdesk-Proof': proof }
  const tabs = Array.from({ length: 300 }, () => {
    const socket = connect(port, '127.0.0.1', () => socket.write(rawRequest('/changes', port, { headers })))
    return socket.on('error', () => undefined)
  })
  await expect.poll(() => app.listeners.size, { timeout: 15_000 }).toBe(300)
  expect((await post()).status).toBe(200)
  expect(app.listeners.size).toBe(300)
  for (const socket of tabs) socket.destroy()
})

it('answers on loopback under each of its own names', async () => {
  for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
    const own = `${host}:${port}`
    expect((await post({ Host: own, Origin: `http://${own}` })).status).toBe(200)
  }
})

it('refuses a port that is taken', async () => {
  const page = rendererPage(folder, 'tab.html')
  await expect(openHttpDoor({ app, page, port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
})
