// Generated requests against the HTTP door, as bytes on sockets: a request that is not in every respect what our own page
// sends changes nothing, whatever follows it on the connection, and the door goes on taking the right one.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { type HttpDoor, openHttpDoor } from '../../../../core/door/http-door.ts'
import { rendererPage } from '../../../../core/door/page.ts'
import { fuzzCases, fuzzSeed } from '../../../support/fuzz/seed.ts'
import { rawRequest, sendRaw } from './raw-http.ts'
import { type SampleApp, sampleApp } from './sample-app.ts'

const cases = fuzzCases(800, 3_000)
let folder = ''
let app: SampleApp
let door: HttpDoor
let port = 0
let pass: { Cookie: string; 'Grantdesk-Proof': string }

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'grantdesk-http-fuzz-'))
  writeFileSync(join(folder, 'tab.html'), 'the page')
  app = sampleApp()
  door = await openHttpDoor({ app, page: rendererPage(folder, 'tab.html'), port: 0 })
  port = Number(new URL(door.origin).port)
  const admitted = await sendRaw(port, rawRequest(door.url.slice(door.origin.length), port))
  pass = {
    Cookie: admitted.headers.get('set-cookie')?.split(';')[0] ?? '',
    'Grantdesk-Proof': admitted.headers.get('location')?.split('#proof=')[1] ?? '',
  }
})
beforeEach(() => {
  app.calls.length = 0
})
afterAll(async () => {
  await door.close()
  rmSync(folder, { recursive: true })
})

const body = JSON.stringify({ procedure: 'app.snapshot', input: {} })
const good = (headers: Record<string, string | null> = {}, text = body) =>
  rawRequest('/door', port, { method: 'POST', headers: { ...pass, ...headers }, body: text })

/** Writes in the given pieces; resolves with everything that came back, at the latest after `timeout` (ms). */
function exchange(pieces: string[], timeout = 5_000): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', async () => {
      for (const piece of pieces) {
        socket.write(piece, 'latin1')
        if (pieces.length > 1) await new Promise((next) => setImmediate(next))
      }
    })
    let received = ''
    socket.setEncoding('latin1')
    socket.on('data', (chunk) => {
      received += chunk
      if (received.includes('"ok":true')) socket.destroy()
    })
    socket.setTimeout(timeout, () => socket.destroy())
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(received))
  })
}

async function stillTakesTheRightOne(): Promise<void> {
  app.calls.length = 0
  expect((await sendRaw(port, good())).status).toBe(200)
  expect(app.calls).toHaveLength(1)
}

/** Eight connections at a time. */
async function inEights<T>(all: T[], work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all]
  const next = async (): Promise<void> => {
    for (let one = left.pop(); one !== undefined; one = left.pop()) await work(one)
  }
  await Promise.all(Array.from({ length: 8 }, next))
}

/** What our own page sends, and beside it what others would. The first of each is the right one. */
const parts = () => ({
  method: ['POST', 'GET', 'PUT', 'OPTIONS', 'post', 'CONNECT', 'PRI', 'POST\t'],
  target: [
    '/door',
    '/door?',
    '/door/',
    '/Door',
    '//door',
    '/%64oor',
    '/door#x',
    '/./door',
    `http://127.0.0.1:${port}/door`,
    '*',
    '/changes',
    '/',
  ],
  version: ['HTTP/1.1', 'HTTP/1.0', 'HTTP/0.9', 'HTTP/2.0', 'http/1.1', 'HTTP/1.1 ', ''],
  Host: [
    `127.0.0.1:${port}`,
    'evil.example',
    `evil.example:${port}`,
    `127.0.0.1:${port}.evil.example`,
    '127.0.0.1',
    `127.1:${port}`,
    `0x7f000001:${port}`,
    `127.0.0.1:0${port}`,
    `user@127.0.0.1:${port}`,
    `127.0.0.1:${port}, evil.example`,
    '',
    null,
  ],
  Origin: [
    `http://127.0.0.1:${port}`,
    'null',
    `http://evil.example:${port}`,
    `https://127.0.0.1:${port}`,
    `http://127.0.0.1:${port}/`,
    `http://127.0.0.1:${port}@evil.example`,
    `http://127.0.0.1:${port} http://evil.example`,
    '',
    null,
  ],
  Cookie: [
    pass.Cookie,
    'a=b',
    pass.Cookie.slice(0, -1),
    `${pass.Cookie}x`,
    pass.Cookie.toUpperCase(),
    pass.Cookie.replace('=', '%3D'),
    '',
    null,
  ],
  'Grantdesk-Proof': [
    pass['Grantdesk-Proof'],
    pass['Grantdesk-Proof'].slice(1),
    `${pass['Grantdesk-Proof']}, x`,
    pass.Cookie,
    '',
    null,
  ],
  'Content-Type': ['application/json', 'text/plain', 'application/json, text/plain', 'multipart/form-data', null],
  'Content-Length': [
    String(body.length),
    '0',
    '-1',
    '+1',
    '1e2',
    `0x${body.length.toString(16)}`,
    `${body.length}, ${body.length}`,
    '99999999999',
    '18446744073709551616',
    null,
  ],
  'Transfer-Encoding': [null, 'chunked', 'identity', 'chunked, identity', 'xchunked', ' chunked', 'gzip, chunked'],
  'Sec-Fetch-Site': [null, 'cross-site', 'same-site', 'none', 'x'],
  extra: [
    null,
    'Expect: 100-continue',
    'Expect: x',
    'Upgrade: h2c',
    'Trailer: Host',
    'TE: trailers',
    'Content-Encoding: gzip',
    `host: 127.0.0.1:${port}`,
    'Host : evil.example',
    ' folded: x',
    'X: a\nHost: evil.example',
    'X: a\rHost: evil.example',
    '\0X: y',
    ': empty',
    'no colon',
    `Content-Length: ${body.length}`,
    'content-length:\t3',
  ],
})
type Parts = ReturnType<typeof parts>

function requestOf(chosen: { [Name in keyof Parts]: Parts[Name][number] }): string {
  const { method, target, version, extra, ...headers } = chosen
  const lines = Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]))
  if (extra !== null) lines.push(extra)
  return `${method} ${target} ${version}\r\n${lines.join('\r\n')}\r\n\r\n${body}`
}

/** A request in which one to three parts are not what our page sends. */
function wrongRequest(): fc.Arbitrary<string> {
  const all = parts()
  const names = Object.keys(all) as (keyof Parts)[]
  const right = Object.fromEntries(names.map((name) => [name, all[name][0]])) as Parameters<typeof requestOf>[0]
  const wrong = fc.uniqueArray(fc.tuple(fc.constantFrom(...names), fc.nat(99)), {
    minLength: 1,
    maxLength: 3,
    selector: ([name]) => name,
  })
  return wrong.map((changes) => {
    const changed = Object.fromEntries(
      changes.map(([name, at]) => [name, all[name][1 + (at % (all[name].length - 1))]]),
    )
    const chosen = { ...right, ...changed }
    // A second header in the first one's place would be right again.
    if (chosen.Host === null || chosen['Content-Length'] === null) chosen.extra = null
    return requestOf(chosen)
  })
}

it('takes the request that generated ones differ from', async () => {
  const all = parts()
  const right = Object.fromEntries(Object.entries(all).map(([name, [first]]) => [name, first]))
  expect(await exchange([requestOf(right as Parameters<typeof requestOf>[0])])).toMatch(/^HTTP\/1\.1 200 /)
  expect(app.calls).toHaveLength(1)
})

it(`does nothing for ${cases} requests that are wrong in one to three parts, nor for the right one behind each`, async () => {
  const requests = fc.sample(wrongRequest(), { numRuns: cases, seed: fuzzSeed('HTTP door') })
  const answered: string[] = []
  await inEights([...requests.entries()], async ([number, request]) => {
    // What it would do, if it were done, tells which request it was; no length changes.
    const numbered = (text: string, mark: string) =>
      text.replace('"app.snapshot"', `"${mark}${String(number).padStart(11, '0')}"`)
    const received = await exchange([numbered(request, 'f') + numbered(good(), 's')], 100)
    if (received.includes('"ok":true')) answered.push(request)
  })
  expect(answered).toEqual([])
  expect(app.calls.map(({ name }) => `${name}\n${requests[Number(name.slice(1))]}`)).toEqual([])
  await stillTakesTheRightOne()
})

/** What must stand in a request that is done, read by somebody else's eyes than the door's. */
function isOurs(text: string): boolean {
  // Empty lines before it are no part of a request (RFC 9112 §2.2).
  const [head = ''] = text.replace(/^[\r\n]+/, '').split('\r\n\r\n')
  const [line = '', ...lines] = head.split('\r\n')
  const all = parts()
  const only = (name: keyof Parts & string) => {
    const found = lines.filter((one) => one.toLowerCase().startsWith(`${name.toLowerCase()}:`))
    return found.length === 1 ? found[0]?.slice(name.length + 1).trim() : undefined
  }
  const secrets = (['Host', 'Origin', 'Grantdesk-Proof'] as const).every((name) => only(name) === all[name][0])
  const cookie = only('Cookie')?.split(/;\s*/).includes(pass.Cookie) ?? false
  return /^POST +\/door +HTTP\/1\.1$/.test(line) && secrets && cookie
}

it(`takes no request in which a byte that matters is another, in ${cases} with bytes changed, added and taken out`, async () => {
  const mutation = fc.record({
    at: fc.nat(9_999),
    operation: fc.constantFrom('change', 'add', 'remove', 'repeat'),
    byte: fc.oneof(fc.nat(255), fc.constantFrom(0, 9, 10, 13, 32, 44, 58, 59)),
  })
  const mutations = fc.array(mutation, { minLength: 1, maxLength: 3 })
  const wrong: string[] = []
  await inEights(fc.sample(mutations, { numRuns: cases, seed: fuzzSeed('HTTP bytes') }), async (changes) => {
    let text = good()
    for (const { at, operation, byte } of changes) {
      const place = at % text.length
      const [before, after] = [text.slice(0, place), text.slice(place)]
      if (operation === 'change') text = before + String.fromCharCode(byte) + after.slice(1)
      if (operation === 'add') text = before + String.fromCharCode(byte) + after
      if (operation === 'remove') text = before + after.slice(1 + (byte % 4))
      if (operation === 'repeat') text = before + after.slice(0, byte % 20) + after
    }
    const received = await exchange([text], 60)
    if (received.startsWith('HTTP/1.1 200 ') && !isOurs(text)) wrong.push(text)
  })
  expect(wrong).toEqual([])
  expect(app.calls.filter(({ name, input }) => name.length > 100 || input === undefined)).toEqual([])
  await stillTakesTheRightOne()
})

it.each([
  ['of another host', () => good({ Host: 'evil.example' })],
  ['without the proof', () => good({ 'Grantdesk-Proof': null })],
  ['without the cookie', () => good({ Cookie: null })],
  ['of another page', () => good({ Origin: 'http://evil.example' })],
  ['with a body that is no call', () => good({}, 'no call')],
  ['with chunks', () => good({ 'Transfer-Encoding': 'chunked' })],
  ['for a path that is not there', () => rawRequest('/nothing', port, { headers: { ...pass, Connection: null } })],
])('does nothing for the right request behind a refused one %s, in one piece or in two', async (_, refused) => {
  await exchange([refused().replace('Connection: close\r\n', '') + good()])
  await exchange([refused().replace('Connection: close\r\n', ''), good()])
  expect(app.calls).toEqual([])
  await stillTakesTheRightOne()
})

it('takes the right request however its bytes are cut into pieces', async () => {
  const cuts = fc.sample(fc.array(fc.nat(good().length), { maxLength: 12 }), {
    numRuns: 60,
    seed: fuzzSeed('HTTP pieces'),
  })
  for (const places of cuts) {
    const ends = [...new Set(places)].sort((one, other) => one - other)
    const pieces = [...ends, good().length].map((end, at) => good().slice(ends[at - 1] ?? 0, end))
    expect(await exchange(pieces)).toMatch(/^HTTP\/1\.1 200 /)
  }
  expect(app.calls).toHaveLength(cuts.length)
})
