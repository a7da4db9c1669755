// The listener for deliveries under attack, over real sockets. Whatever is thrown at it, it says what that was, and still takes
// the next delivery.
import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { longestDelivery, type RefusedDelivery } from '../../contract/webhook.ts'
import {
  type DeliveryListener,
  type DeliveryListenerOptions,
  openDeliveryListener,
} from '../../core/webhooks/delivery-listener.ts'
import type { ReceivedDelivery } from '../../core/webhooks/received.ts'
import { until } from '../support/child.ts'

const path = '/a-path-that-nobody-guesses'
const opened: DeliveryListener[] = []
const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await Promise.all(opened.splice(0).map((listener) => listener.close()))
})

async function open(overrides: Partial<DeliveryListenerOptions> = {}) {
  const kept: ReceivedDelivery[] = []
  const refused: RefusedDelivery[] = []
  const listener = await openDeliveryListener({
    ...{ port: null, path, isOpen: () => true },
    keep: (received) => void kept.push(received),
    onRefused: (reason) => void refused.push(reason),
    ...overrides,
  })
  opened.push(listener)
  return { kept, refused, port: listener.port }
}

/** Sends bytes as they are; resolves with all that came back once the other side ends. */
function raw(port: number, text: string | Buffer): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
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

const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1])
const post = (extra = '', body = '{}', target = path) =>
  `POST ${target} HTTP/1.1\r\nHost: hooks.example.com\r\n${extra}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`

async function stillTakes({ port, kept }: { port: number; kept: ReceivedDelivery[] }): Promise<void> {
  const before = kept.length
  expect(statusOf(await raw(port, post()))).toBe(200)
  expect(kept).toHaveLength(before + 1)
}

it('takes a delivery through a tunnel, whatever its Host: headers in their spelling, the body byte for byte', async () => {
  const { port, kept } = await open()
  const body = Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x0d, 0x0a, 0x00, 0x7d])
  const head = `POST ${path}?from=tunnel HTTP/1.1\r\nHost: x.example.com\r\nX-Plane-Event: issue\r\nx-twice: 1\r\nX-Twice: 2\r\nContent-Length: ${body.length}\r\n\r\n`
  expect(statusOf(await raw(port, Buffer.concat([Buffer.from(head), body])))).toBe(200)
  expect(kept[0]?.body.equals(body)).toBe(true)
  expect(kept[0]?.headers).toEqual([
    ['Host', 'x.example.com'],
    ['X-Plane-Event', 'issue'],
    ['x-twice', '1'],
    ['X-Twice', '2'],
    ['Content-Length', '8'],
  ])
})

it('takes a body that comes in pieces', async () => {
  const { port, kept } = await open()
  const pieces = '3\r\n{"a\r\n4\r\n":1}\r\n0\r\n\r\n'
  expect(
    statusOf(await raw(port, `POST ${path} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${pieces}`)),
  ).toBe(200)
  expect(String(kept[0]?.body)).toBe('{"a":1}')
})

it.each<[RefusedDelivery, number, string]>([
  ['path', 404, post('', '{}', '/')],
  ['path', 404, post('', '{}', `${path}/x`)],
  ['method', 405, `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`],
  ['browser', 403, post('Origin: https://evil.example\r\n')],
  ['browser', 403, post('Sec-Fetch-Site: cross-site\r\n')],
  ['headers_too_large', 431, post(`X-Long: ${'x'.repeat(40_000)}\r\n`)],
  ['malformed', 400, 'nonsense\r\n\r\n'],
  ['body_too_large', 413, `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: ${longestDelivery + 1}\r\n\r\n{}`],
])('says %s (%i), and keeps nothing', async (reason, status, text) => {
  const opening = await open()
  expect(statusOf(await raw(opening.port, text))).toBe(status)
  expect(opening.refused).toEqual([reason])
  expect(opening.kept).toEqual([])
  await stillTakes(opening)
})

it('a body that says nothing of its length is cut off where it grows too large', async () => {
  const opening = await open()
  const piece = `10000\r\n${'x'.repeat(0x10000)}\r\n`
  const head = `POST ${path} HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n`
  expect(statusOf(await raw(opening.port, head + piece.repeat(40)))).toBe(413)
  expect(opening.refused).toEqual(['body_too_large'])
  await stillTakes(opening)
})

it('the largest body is kept', async () => {
  const { port, kept } = await open()
  expect(statusOf(await raw(port, post('', 'x'.repeat(longestDelivery))))).toBe(200)
  expect(kept[0]?.body.length).toBe(longestDelivery)
})

it.each([
  ['headers', 'POST / HTTP/1.1\r\nHost: a\r\nX-Slow: '],
  ['a body', `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{`],
])('a sender that never ends %s is told that it is too slow', async (_, text) => {
  const opening = await open({ timeout: 1_000 })
  expect(statusOf(await raw(opening.port, text))).toBe(408)
  expect(opening.refused).toEqual(['too_slow'])
  await stillTakes(opening)
})

it('a delivery that ends halfway is noted as that', async () => {
  const opening = await open()
  const socket = connect(opening.port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write(`POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{`, () => socket.destroy())
  await until(() => opening.refused.length > 0, 'it is noted')
  expect(opening.refused).toEqual(['cut_off'])
  await stillTakes(opening)
})

it('while the vault is locked the service is told to come later, and nothing is kept', async () => {
  let isOpen = false
  const opening = await open({ isOpen: () => isOpen })
  const answer = await raw(opening.port, post())
  expect(statusOf(answer)).toBe(503)
  expect(answer.toLowerCase()).toContain('retry-after: 30')
  expect([opening.refused, opening.kept]).toEqual([['vault_locked'], []])
  isOpen = true
  await stillTakes(opening)
})

it('what cannot be written to disk is not acknowledged', async () => {
  let isFull = true
  const kept: ReceivedDelivery[] = []
  const opening = await open({
    keep(received) {
      if (isFull) throw new Error('ENOSPC')
      kept.push(received)
    },
  })
  expect(statusOf(await raw(opening.port, post()))).toBe(503)
  expect(opening.refused).toEqual(['unwritten'])
  isFull = false
  await stillTakes({ port: opening.port, kept })
})

it('hundreds of deliveries at once are all taken', async () => {
  const { port, kept, refused } = await open()
  const answers = await Promise.all(Array.from({ length: 240 }, (_, at) => raw(port, post('', JSON.stringify({ at })))))
  expect(answers.filter((answer) => statusOf(answer) === 200)).toHaveLength(240)
  expect([kept.length, refused]).toEqual([240, []])
})

it('more than it holds at once is told to come later, and nothing of it stays', async () => {
  const opening = await open()
  const head = `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: ${longestDelivery}\r\n\r\n`
  const crowd = Array.from({ length: 16 }, () => {
    const socket = connect(opening.port, '127.0.0.1')
    socket.on('error', () => {})
    sockets.push(socket)
    socket.write(head)
    socket.write(Buffer.alloc(longestDelivery - 1))
    return socket
  })
  await until(async () => statusOf(await raw(opening.port, post('', 'x'.repeat(1000)))) === 503, 'it is full')
  expect(new Set(opening.refused)).toEqual(new Set(['busy']))
  for (const socket of crowd) socket.destroy()
  await until(() => opening.refused.filter((reason) => reason === 'cut_off').length === 16, 'they have gone')
  for (let count = 0; count < 3; count += 1) {
    expect(statusOf(await raw(opening.port, post('', 'x'.repeat(longestDelivery))))).toBe(200)
  }
})

it('a crowd of connections that send nothing keeps no delivery out', async () => {
  const opening = await open()
  for (let count = 0; count < 600; count += 1) {
    const socket = connect(opening.port, '127.0.0.1')
    socket.on('error', () => {})
    sockets.push(socket)
  }
  await stillTakes(opening)
})

it('listens on loopback alone, and says who has the port', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await expect(open({ port })).rejects.toThrow(`Port ${port} is in use by another program.`)
  server.close()
})
