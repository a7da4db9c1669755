// The redirect listener under attack, over real sockets. Whatever is thrown at it, it still takes the right answer.
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { eventNote, eventOutcome, eventTitle } from '../../contract/flow/words.ts'
import {
  openRedirectListener,
  type RedirectListener,
  type RedirectListenerOptions,
} from '../../core/oauth/redirect-listener.ts'
import type { ListenerEvent } from '../../core/oauth/redirect-responses.ts'
import { Problem } from '../../core/problem.ts'
import { Secret } from '../../core/secret.ts'

const state = 'st4te-of-this-attempt'
const good = `/callback?code=c0de&state=${state}`
const form = 'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n'
const opened: RedirectListener[] = []
const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await Promise.all(opened.splice(0).map((listener) => listener.close()))
})

async function open(overrides: Partial<RedirectListenerOptions> = {}) {
  const events: (ListenerEvent & { id: string; at: number })[] = []
  const listener = await openRedirectListener({
    place: { hostname: '127.0.0.1', port: null, path: '/callback' },
    lingersForMs: 300,
    state: new Secret(state),
    closesAfterMs: 20_000,
    onEvent: (event) => events.push({ id: '', at: 0, ...event }),
    ...overrides,
  })
  opened.push(listener)
  return { listener, events, port: listener.port, titles: () => events.map(eventTitle) }
}

/** Sends bytes as they are; resolves with all that came back once the other side ends. */
function raw(port: number, text: string, address = '127.0.0.1'): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, address)
    sockets.push(socket)
    let answer = ''
    socket.setEncoding('utf8')
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(answer))
    socket.write(text)
  })
}

const request = (port: number, target: string, { method = 'GET', host = `127.0.0.1:${port}`, extra = '' } = {}) =>
  raw(port, `${method} ${target} HTTP/1.1\r\nHost: ${host}\r\n${extra}\r\n`)

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1])

/** The proof after each attack. */
async function stillTakesTheAnswer({ listener, port }: { listener: RedirectListener; port: number }) {
  expect(statusOf(await request(port, good))).toBe(200)
  expect((await listener.answer).get('code')).toBe('c0de')
}

async function failureOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (reason) => reason,
  )
  if (!(error instanceof Problem)) throw new Error(`no Problem but ${error}`)
  return error.failure
}

async function isClosed(port: number, address = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address)
    socket.on('connect', () => {
      socket.destroy()
      resolve(false)
    })
    socket.on('error', () => resolve(true))
  })
}

it('the right answer behind a wrong one on the same connection is not taken', async () => {
  const here = await open()
  const host = `Host: 127.0.0.1:${here.port}`
  const answer = await raw(
    here.port,
    `GET /callback?code=x&state=other HTTP/1.1\r\n${host}\r\n\r\nGET ${good} HTTP/1.1\r\n${host}\r\n\r\n`,
  )
  expect(answer.match(/HTTP\/1\.1 \d{3}/g)).toEqual(['HTTP/1.1 400'])
  expect(here.titles().toSorted()).toEqual([
    'A redirect with another state was ignored',
    'A second request on one connection was ignored',
  ])
  await stillTakesTheAnswer(here)
})

describe('the right answer', () => {
  it('is taken, the browser gets its page first, and the listener closes', async () => {
    const grantdesk = await open({ pageTitle: 'Plane <b>' })
    const page = request(grantdesk.port, `${good}&app_installation_id=7`)
    const parameters = await grantdesk.listener.answer
    expect(Object.fromEntries(parameters)).toEqual({ code: 'c0de', state, app_installation_id: '7' })
    const text = await page
    expect(text).toContain('You can close this tab.')
    expect(text).toContain('<title>Plane &#60;b&#62;</title>')
    expect(text).not.toMatch(/c0de|<script/)
    for (const header of [
      /content-security-policy: default-src 'none'/i,
      /cache-control: no-store/i,
      /referrer-policy: no-referrer/i,
    ]) {
      expect(text).toMatch(header)
    }
    expect(grantdesk.titles()).toEqual(['The browser came back with a code'])
    expect(grantdesk.events).toMatchObject([{ kind: 'redirect', via: 'listener', error: null }])
    await expect.poll(() => isClosed(grantdesk.port)).toBe(true)
  })

  it('that is a denial shows the server’s words, escaped, and is an answer too', async () => {
    const grantdesk = await open()
    const words = encodeURIComponent('The owner <b onclick="x">said</b> no')
    const page = await request(
      grantdesk.port,
      `/callback?error=access_denied&error_description=${words}&state=${state}`,
    )
    expect(page).toContain('The owner &#60;b onclick=&#34;x&#34;&#62;said&#60;/b&#62; no (access_denied)')
    expect((await grantdesk.listener.answer).get('error')).toBe('access_denied')
    expect(grantdesk.events.map(eventOutcome)).toEqual(['failed'])
  })

  it('gets its page again where it comes again, and another one is refused', async () => {
    const grantdesk = await open()
    const [first, second] = await Promise.all([request(grantdesk.port, good), request(grantdesk.port, good)])
    expect([first, second].map(statusOf)).toEqual([200, 200])
    expect(second).toContain('Grantdesk has the answer')
    expect((await grantdesk.listener.answer).get('code')).toBe('c0de')
    const other = await request(grantdesk.port, `/callback?code=other&state=${state}`)
    expect(statusOf(other)).toBe(409)
    expect((await grantdesk.listener.answer).get('code')).toBe('c0de')
    expect(grantdesk.titles().slice(1)).toEqual(['The same answer came again', 'Another answer was ignored'])
  })

  it('gets its page still after the attempt closed the listener, until it is over or another attempt wants the port', async () => {
    const grantdesk = await open({ lingersForMs: 60_000 })
    await request(grantdesk.port, good)
    await grantdesk.listener.answer
    await grantdesk.listener.close()
    const events = grantdesk.events.length
    expect(await request(grantdesk.port, good)).toContain('Grantdesk has the answer')
    expect(grantdesk.events).toHaveLength(events)
    const next = await open({ place: { hostname: '127.0.0.1', port: grantdesk.port, path: '/callback' } })
    await stillTakesTheAnswer(next)
  })

  it('comes as a form that the server has the browser post (form_post)', async () => {
    const { listener, port } = await open()
    const body = `code=c0de&state=${state}`
    const extra = `Origin: https://as.example\r\nContent-Type: application/x-www-form-urlencoded; charset=UTF-8\r\nContent-Length: ${body.length}\r\n`
    const page = await raw(port, `POST /callback HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${extra}\r\n${body}`)
    expect(page).toContain('Grantdesk has the answer')
    expect((await listener.answer).get('code')).toBe('c0de')
  })

  it('comes beside 64 kB of other servers’ cookies', async () => {
    const grantdesk = await open()
    const cookies = Array.from({ length: 16 }, (_, at) => `Cookie: c${at}=${'y'.repeat(4000)}\r\n`).join('')
    expect(statusOf(await request(grantdesk.port, good, { extra: cookies }))).toBe(200)
    expect((await grantdesk.listener.answer).get('code')).toBe('c0de')
  })

  it('comes to a fixed port where one is registered, and a taken port is named', async () => {
    const first = await open()
    const failure = await failureOf(open({ place: { hostname: '127.0.0.1', port: first.port, path: '/callback' } }))
    expect(failure).toMatchObject({ kind: 'conflict', message: expect.stringContaining(String(first.port)) })
    expect(failure.remedy).toContain('another port')
    await first.listener.close()
    const second = await open({ place: { hostname: '127.0.0.1', port: first.port, path: '/callback' } })
    expect(second.port).toBe(first.port)
    await stillTakesTheAnswer(second)
  })
})

describe('an attack leaves it listening:', () => {
  it.each<[string, number, string, Parameters<typeof request>[2]]>([
    ['another host', 421, good, { host: 'evil.example' }],
    ['localhost, which is not the redirect URI', 421, good, { host: 'localhost:PORT' }],
    ['the right host on another port', 421, good, { host: '127.0.0.1:1' }],
    ['two hosts', 421, good, { extra: 'Host: evil.example\r\n' }],
    ['a POST that is no form', 415, good, { method: 'POST', extra: 'Content-Length: 0\r\n' }],
    ['a form from another host', 421, good, { method: 'POST', host: 'evil.example', extra: form }],
    ['an empty form', 400, good, { method: 'POST', extra: form }],
    ['PUT', 405, good, { method: 'PUT', extra: 'Content-Length: 0\r\n' }],
    ['HEAD', 405, good, { method: 'HEAD' }],
    ['OPTIONS', 405, good, { method: 'OPTIONS' }],
    ['another path', 404, `/other?code=c0de&state=${state}`, {}],
    ['a path below', 404, `/callback/?code=c0de&state=${state}`, {}],
    ['an encoded path', 404, `/%63allback?code=c0de&state=${state}`, {}],
    ['an absolute target', 404, `http://127.0.0.1/callback?code=c0de&state=${state}`, {}],
    ['another state', 400, '/callback?code=c0de&state=st4te-of-other-attempt', {}],
    ['a state that only begins like ours', 400, `/callback?code=c0de&state=${state.slice(0, -1)}`, {}],
    ['nothing', 400, '/callback', {}],
    ['no state', 400, '/callback?code=c0de', {}],
    ['an empty state', 400, '/callback?code=c0de&state=', {}],
    ['two states', 400, `${good}&state=${state}`, {}],
    ['two codes', 400, `${good}&code=other`, {}],
    ['our state without code or error', 400, `/callback?state=${state}`, {}],
  ])('%s', async (_name, status, target, how) => {
    const grantdesk = await open()
    const host = how?.host?.replace('PORT', String(grantdesk.port))
    const answer = await request(grantdesk.port, target, { ...how, ...(host ? { host } : {}) })
    expect(statusOf(answer)).toBe(status)
    expect(answer).not.toMatch(/c0de|st4te/)
    expect(grantdesk.events).toMatchObject([{ kind: 'stray_request', request: { url: target } }])
    await stillTakesTheAnswer(grantdesk)
  })

  it('no host at all', async () => {
    const grantdesk = await open()
    expect(statusOf(await raw(grantdesk.port, `GET ${good} HTTP/1.0\r\n\r\n`))).toBe(421)
    await stillTakesTheAnswer(grantdesk)
  })

  it('the answer of another authorization server (iss)', async () => {
    const grantdesk = await open({ issuer: 'https://as.example' })
    expect(statusOf(await request(grantdesk.port, good))).toBe(400)
    expect(statusOf(await request(grantdesk.port, `${good}&iss=https://evil.example`))).toBe(400)
    expect(statusOf(await request(grantdesk.port, `${good}&iss=${encodeURIComponent('https://as.example')}`))).toBe(200)
    expect((await grantdesk.listener.answer).get('code')).toBe('c0de')
  })

  it('an error without state, whose words are noted', async () => {
    const grantdesk = await open()
    const answer = await request(grantdesk.port, '/callback?error=invalid_scope&error_description=No+<i>such</i>+scope')
    expect(statusOf(answer)).toBe(400)
    expect(answer).toContain('No &#60;i&#62;such&#60;/i&#62; scope (invalid_scope)')
    expect(grantdesk.events.map(eventNote)[0]).toContain('No <i>such</i> scope (invalid_scope)')
    await stillTakesTheAnswer(grantdesk)
  })

  it('a favicon, which is not even noted', async () => {
    const grantdesk = await open()
    expect(statusOf(await request(grantdesk.port, '/favicon.ico'))).toBe(404)
    expect(grantdesk.events).toEqual([])
    await stillTakesTheAnswer(grantdesk)
  })

  it('an oversized request', async () => {
    const grantdesk = await open()
    expect(statusOf(await request(grantdesk.port, `/callback?code=${'x'.repeat(200_000)}&state=${state}`))).toBe(431)
    const page = await request(grantdesk.port, good, { extra: `Cookie: ${'y'.repeat(150_000)}\r\n` })
    expect(statusOf(page)).toBe(431)
    expect(page).toContain('Copy the address of this page and paste it into Grantdesk')
    await stillTakesTheAnswer(grantdesk)
  })

  it('what is no HTTP', async () => {
    const grantdesk = await open()
    expect(statusOf(await raw(grantdesk.port, '\u0016\u0003\u0001 hello\r\n\r\n'))).toBe(400)
    expect(grantdesk.titles()).toEqual(['An unreadable request was ignored'])
    await stillTakesTheAnswer(grantdesk)
  })

  it('slow ones, which are ended while it goes on', async () => {
    const grantdesk = await open()
    const silent = raw(grantdesk.port, '')
    const slow = raw(grantdesk.port, 'GET /callback HTTP/1.1\r\nHost: ')
    const drip = connect(grantdesk.port, '127.0.0.1')
    sockets.push(drip)
    drip.on('error', () => {})
    const timer = setInterval(() => drip.write('x'), 200)
    const dripped = new Promise((resolve) => drip.on('close', resolve))
    expect(statusOf(await request(grantdesk.port, '/other'))).toBe(404)
    await Promise.all([silent, slow, dripped])
    clearInterval(timer)
    await stillTakesTheAnswer(grantdesk)
  })

  it('a flood of connections that ask nothing', async () => {
    const grantdesk = await open()
    let [opened, closed, openedAtFirstClose] = [0, 0, 0]
    for (; opened < 500; opened++) {
      const socket = connect(grantdesk.port, '127.0.0.1')
      sockets.push(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        closed += 1
        if (closed === 1) openedAtFirstClose = opened
      })
      await new Promise((resolve) => socket.once('connect', resolve).once('close', resolve))
    }
    // The oldest made room, and did not wait for its time-out: it went while others still came, and a handful is open.
    await expect.poll(() => 500 - closed).toBeLessThanOrEqual(64)
    expect(openedAtFirstClose).toBeLessThan(400)
    await stillTakesTheAnswer(grantdesk)
  })

  it('a flood of requests, of which only the first are noted', async () => {
    const grantdesk = await open()
    for (let round = 0; round < 20; round++) {
      await Promise.all(Array.from({ length: 50 }, () => request(grantdesk.port, `/callback?code=x&state=${round}`)))
    }
    expect(grantdesk.events.length).toBeLessThanOrEqual(40)
    expect(grantdesk.titles().at(-1)).toContain('Many more')
    await stillTakesTheAnswer(grantdesk)
    expect(grantdesk.titles().at(-1)).toBe('The browser came back with a code')
  })
})

describe('a redirect URI of the person’s own', () => {
  const hosts = ['127.0.0.1', '::1'] as const

  it.each(hosts)('on localhost is listened for on %s', async (address) => {
    const place = { hostname: 'localhost', port: null, path: '/oauth/callback' } as const
    const { listener, port } = await open({ place })
    const target = `/oauth/callback?code=c0de&state=${state}`
    expect(statusOf(await raw(port, `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`, address))).toBe(421)
    expect(statusOf(await raw(port, `GET ${target} HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`, address))).toBe(200)
    expect((await listener.answer).get('code')).toBe('c0de')
    await expect.poll(() => Promise.all(hosts.map((host) => isClosed(port, host)))).toEqual([true, true])
  })

  it('on [::1] is listened for there alone, under its own host', async () => {
    const { listener, port } = await open({ place: { hostname: '[::1]', port: null, path: '/cb' } })
    expect(await isClosed(port)).toBe(true)
    const answer = await raw(port, `GET /cb?code=c0de&state=${state} HTTP/1.1\r\nHost: [::1]:${port}\r\n\r\n`, '::1')
    expect(statusOf(answer)).toBe(200)
    expect((await listener.answer).get('code')).toBe('c0de')
  })

  it('on localhost is not listened for where another program has one of its families', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '::1', resolve))
    const { port } = other.address() as AddressInfo
    const failure = await failureOf(open({ place: { hostname: 'localhost', port, path: '/cb' } }))
    expect(failure).toMatchObject({ kind: 'conflict', message: expect.stringContaining(`Port ${port}`) })
    expect(await isClosed(port)).toBe(true)
    await new Promise((resolve) => other.close(resolve))
  })
})

describe('without an answer it closes', () => {
  it('when it is cancelled', async () => {
    const { listener, port } = await open()
    await listener.close()
    expect((await failureOf(listener.answer)).kind).toBe('cancelled')
    expect(await isClosed(port)).toBe(true)
    await listener.close()
  })

  it('when its time is over, even with connections open', async () => {
    const { listener, port } = await open({ closesAfterMs: 150 })
    const idle = raw(port, 'GET ')
    expect((await failureOf(listener.answer)).kind).toBe('timed_out')
    await idle
    await expect.poll(() => isClosed(port)).toBe(true)
  })
})
