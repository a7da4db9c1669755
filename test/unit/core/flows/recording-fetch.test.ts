import { createServer } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Failure } from '../../../../contract/failure.ts'
import { type ExchangeOptions, isTruncated } from '../../../../core/flows/recording-fetch.ts'
import { Problem } from '../../../../core/problem.ts'
import { flowFixture, serve, type TestServer } from './flow-fixture.ts'

const servers: TestServer[] = []
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())))

async function server(...answer: Parameters<typeof serve>): Promise<TestServer> {
  const one = await serve(...answer)
  servers.push(one)
  return one
}

function grantdesk(options: Partial<ExchangeOptions> = {}, platformFetch?: typeof fetch) {
  const { log } = flowFixture(platformFetch ? { fetch: platformFetch } : {})
  const recording = log.start({ kind: 'request', about: {}, serviceId: 's' })
  const exchange = recording.exchange({ purpose: { kind: 'identify' }, to: 'authorization_server', ...options })
  const { fetch, stream } = exchange
  return { recording, exchange, fetch, stream, event: () => exchange.recorded() }
}

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const error = await promise.then(
    () => null,
    (reason) => reason,
  )
  if (!(error instanceof Problem)) throw new Error(`no Problem but ${error}`)
  return error.failure
}

const failing =
  (code: string): typeof fetch =>
  async () => {
    throw new TypeError('fetch failed', { cause: Object.assign(new Error('with secret-in-it'), { code }) })
  }

describe('an exchange', () => {
  it('is put down with request and response, and answered as it came', async () => {
    const { url, requests } = await server((_request, response) => {
      response.writeHead(201, 'Made', { 'content-type': 'application/json' }).end('{"a":1}')
    })
    const { fetch, event } = grantdesk()
    const response = await fetch(`${url}/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'x', b: 'ü' }),
    })
    expect([response.status, await response.json()]).toEqual([201, { a: 1 }])
    expect(requests[0]?.body).toBe('grant_type=x&b=%C3%BC')
    expect(event()).toMatchObject({
      to: 'authorization_server',
      purpose: { kind: 'identify' },
      outcome: 'succeeded',
      request: { method: 'POST', url: `${url}/token`, body: 'grant_type=x&b=%C3%BC' },
      response: { status: 201, statusText: 'Made', body: '{"a":1}', size: 7, truncated: false },
      timing: { waiting: expect.any(Number), receiving: expect.any(Number), whole: expect.any(Number) },
    })
  })

  it('is there while it runs', async () => {
    const { url } = await server(() => {})
    const stop = new AbortController()
    const { fetch, event } = grantdesk({ signal: stop.signal })
    const pending = failureOf(fetch(url))
    await expect.poll(() => event()?.outcome).toBe('running')
    stop.abort()
    expect((await pending).kind).toBe('cancelled')
    expect(event()).toMatchObject({ outcome: 'noted', response: null, failure: { kind: 'cancelled' } })
  })

  it('is in the flow’s file before its request is sent', async () => {
    const fixture = flowFixture({
      async fetch() {
        const [begun] = (await fixture.stored(recording.id)).events
        expect(begun).toMatchObject({ kind: 'exchange', request: { url: 'https://a.example/token' }, response: null })
        expect(begun).toMatchObject({ outcome: 'failed', failure: { kind: 'host_ended' } })
        return new Response('{}')
      },
    })
    const recording = fixture.log.start({ kind: 'refresh', about: {}, serviceId: 's' })
    const { fetch } = recording.exchange({ purpose: { kind: 'identify' }, to: 'authorization_server' })
    expect((await fetch('https://a.example/token')).ok).toBe(true)
  })

  it('with an error status has failed, and is answered all the same', async () => {
    const { url } = await server((_request, response) => response.writeHead(500).end('<h1>Oops</h1>'))
    const { fetch, event } = grantdesk()
    expect((await fetch(url)).status).toBe(500)
    expect(event()?.outcome).toBe('failed')
  })

  it('after the end of its flow is refused', async () => {
    const { recording, fetch } = grantdesk()
    await recording.end('succeeded')
    await expect(fetch('http://127.0.0.1:1/')).rejects.toThrow('ended')
  })
})

describe('a body', () => {
  it('is read up to the cap, and no further', async () => {
    let sent = 0
    const { url } = await server((_request, response) => {
      const more = () => {
        while (!response.destroyed && sent < 100_000_000 && response.write('x'.repeat(65_536))) sent += 65_536
      }
      response.on('drain', more).on('error', () => {})
      more()
    })
    const { fetch, event } = grantdesk()
    const response = await fetch(url)
    expect([(await response.text()).length, isTruncated(response)]).toEqual([1024 * 1024, true])
    expect(event()?.response).toMatchObject({ truncated: true })
    expect(sent).toBeLessThan(20_000_000)
  })

  it('that never ends is given up at the deadline', async () => {
    const { url } = await server((_request, response) => {
      response.write('a')
      const timer = setInterval(() => response.write('a'), 20)
      response.on('close', () => clearInterval(timer))
    })
    const { fetch, event } = grantdesk({ deadlineMs: 1_500 })
    expect(await failureOf(fetch(url))).toMatchObject({
      kind: 'timed_out',
      message: expect.stringContaining('127.0.0.1'),
    })
    expect(event()).toMatchObject({ outcome: 'failed', response: { status: 200, truncated: true } })
  })

  it('is given up at the deadline also by a platform that ignores the signal', async () => {
    const { fetch } = grantdesk(
      { deadlineMs: 50 },
      async () => new Response(new ReadableStream({ pull: () => new Promise(() => {}) })),
    )
    expect((await failureOf(fetch('https://a.example/'))).kind).toBe('timed_out')
  })

  it('that breaks off is a network failure', async () => {
    const { url } = await server((_request, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('a')
      setTimeout(() => response.destroy(), 20)
    })
    expect((await failureOf(grantdesk().fetch(url))).kind).toBe('network')
  })

  it('that is read after its flow has ended is timed and measured to its end, also on disk', async () => {
    const { url } = await server((_request, response) => response.end('x'.repeat(300_000)))
    const { log, stored } = flowFixture()
    const recording = log.start({ kind: 'request', about: {}, serviceId: 's' })
    const { stream } = recording.exchange({ purpose: { kind: 'api_request' }, to: 'api' })
    const response = await stream(url)
    await recording.end('succeeded')
    expect((await log.get(recording.id)).events).toMatchObject([{ response: { size: null }, timing: { whole: null } }])
    expect((await response.text()).length).toBe(300_000)
    log.flush()
    const ended = { outcome: 'succeeded', response: { size: 300_000 }, timing: { whole: expect.any(Number) } }
    expect(await log.get(recording.id)).toMatchObject({ outcome: 'succeeded', eventCount: 1, events: [ended] })
    expect(await stored(recording.id)).toMatchObject({ outcome: 'succeeded', eventCount: 1, events: [ended] })
  })

  it('that its reader leaves after its flow has ended has no duration', async () => {
    const { url } = await server((_request, response) => response.end('x'.repeat(3_000_000)))
    const { recording, stream, event } = grantdesk({ to: 'api' })
    const response = await stream(url)
    await recording.end('succeeded')
    await response.body?.cancel()
    expect(event()).toMatchObject({ outcome: 'succeeded', timing: { receiving: null, whole: null } })
  })

  it('that is no text is only measured', async () => {
    const { url } = await server((_request, response) => {
      response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.from([1, 0, 2]))
    })
    const { fetch, event } = grantdesk({ to: 'api' })
    expect((await (await fetch(url)).arrayBuffer()).byteLength).toBe(3)
    expect(event()?.response).toMatchObject({ body: null, size: 3, truncated: false })
  })
})

describe('a redirect', () => {
  const redirecting = (location: string) =>
    server((request, response) => {
      if (request.url === '/there') return response.end(`${request.method} there`)
      response.writeHead(Number(request.url?.slice(1)) || 302, { location }).end()
    })

  it('of the authorization server is not followed', async () => {
    const { url, requests } = await redirecting('/there')
    const { fetch, event } = grantdesk({ allowRedirects: 'same-origin' })
    expect(await failureOf(fetch(url, { method: 'POST', body: 'a=b' }))).toMatchObject({
      kind: 'unexpected_answer',
      status: 302,
    })
    expect([requests.length, event()?.outcome]).toEqual([1, 'failed'])
  })

  it('that is refused leaves its own words in the flow', async () => {
    const { url } = await server((_request, response) => {
      response.writeHead(302, { location: '/there', 'content-type': 'text/plain' }).end('Moved for good.')
    })
    const { fetch, event } = grantdesk()
    await failureOf(fetch(url, { method: 'POST', body: 'a=b' }))
    expect(event()?.response).toMatchObject({ status: 302, body: 'Moved for good.', truncated: false })
  })

  it('to another host is refused without its name, which may be made of a secret', async () => {
    const { url } = await redirecting('https://s3cr3t.example.com/')
    const { fetch, event } = grantdesk()
    const failure = await failureOf(fetch(url))
    expect(JSON.stringify([failure, event()?.failure])).not.toContain('s3cr3t')
  })

  it('of the API is followed within its origin, each exchange an event', async () => {
    const { url } = await redirecting('/there')
    const { fetch, recording } = grantdesk({ to: 'api', allowRedirects: 'same-origin' })
    expect(await (await fetch(`${url}/303`, { method: 'POST', body: 'a' })).text()).toBe('GET there')
    expect(await (await fetch(`${url}/307`, { method: 'POST', body: 'a' })).text()).toBe('POST there')
    expect(recording.flow().events).toHaveLength(4)
  })

  it('of the API to another origin, or unasked for, is the answer', async () => {
    const other = await server((_request, response) => response.end('stolen'))
    const { url } = await redirecting(`${other.url}/`)
    expect((await grantdesk({ to: 'api', allowRedirects: 'same-origin' }).fetch(url)).status).toBe(302)
    expect((await grantdesk({ to: 'api' }).fetch(url)).status).toBe(302)
    expect(other.requests).toEqual([])
  })

  it('without an end is not followed without end', async () => {
    const { url, requests } = await redirecting('/302')
    expect((await grantdesk({ to: 'api', allowRedirects: 'same-origin' }).fetch(url)).status).toBe(302)
    expect(requests.length).toBeLessThan(10)
  })
})

describe('a network failure', () => {
  it('names its code and the host, and nothing else of the address', async () => {
    const gone = await serve(() => {})
    await gone.close()
    const failure = await failureOf(grantdesk().fetch(`${gone.url}/token?client_secret=abc`))
    const message = `Nothing answers at ${new URL(gone.url).host}.`
    expect(failure).toMatchObject({ kind: 'network', code: 'ECONNREFUSED', message })
  })

  it.each([
    ['ENOTFOUND', 'network', 'not known'],
    ['ECONNRESET', 'network', 'broke off'],
    ['CERT_HAS_EXPIRED', 'network', 'expired'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'network', 'not signed by anyone'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'network', 'another name'],
    ['ESOMETHING', 'network', '(ESOMETHING)'],
    ['UND_ERR_CONNECT_TIMEOUT', 'timed_out', 'did not answer'],
  ])('%s is %s', async (code, kind, words) => {
    const failure = await failureOf(grantdesk({}, failing(code)).fetch('https://a.example/x?y=z'))
    expect(failure.kind).toBe(kind)
    expect(failure.message).toContain(words)
    expect(JSON.stringify(failure)).not.toContain('secret-in-it')
  })

  it('by an answer that is no HTTP is an unexpected answer', async () => {
    const garbage = createServer((socket) => socket.once('data', () => socket.end('SSH-2.0-hello\r\n')))
    await new Promise<void>((resolve) => garbage.listen(0, '127.0.0.1', resolve))
    const address = garbage.address()
    const port = typeof address === 'object' ? address?.port : 0
    expect((await failureOf(grantdesk().fetch(`http://127.0.0.1:${port}/`))).kind).toBe('unexpected_answer')
    garbage.close()
  })
})

it('a header that HTTP cannot carry is a Problem that does not quote it, and nothing is sent', async () => {
  for (const token of ['abc\nSEKRIT', 't€SEKRIT', 'x\u0000SEKRIT', 'x\n    at SEKRIT']) {
    const failure = await failureOf(
      grantdesk({ to: 'api' }).fetch('https://a.example/', { headers: { authorization: token } }),
    )
    expect(failure.kind).toBe('not_supported')
    expect(JSON.stringify(failure)).not.toContain('SEKRIT')
  }
})

describe('an address', () => {
  it.each(['http://a.example/', 'http://127.0.0.1.a.example/', 'ftp://a.example/', 'file:///etc/passwd', 'no address'])(
    '%s is refused before anything is sent',
    async (address) => {
      let sent = 0
      const { fetch } = grantdesk({}, async () => {
        sent++
        return new Response('')
      })
      expect((await failureOf(fetch(address))).kind).toBe('invalid_input')
      expect(sent).toBe(0)
    },
  )

  it.each(['http://127.0.0.1:8/', 'http://localhost:8/', 'http://[::1]:8/', 'https://a.example/'])(
    '%s is let through',
    async (address) => {
      expect((await grantdesk({}, async () => new Response('')).fetch(address)).status).toBe(200)
    },
  )
})
