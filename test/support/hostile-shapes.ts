// What a server may answer that no specification promises: each shape is given the answer that would have been right,
// so that one table serves every endpoint. Some are tolerable, most are not; none may cost what is stored.
import type { ServerResponse } from 'node:http'

export interface Struck {
  response: ServerResponse
  /** What a sound server would have answered. */
  good: Record<string, unknown>
  /** Everything in the request that is secret, as it was sent. */
  sent: string[]
  /** Where a redirect would carry it. */
  elsewhere: string
}

export interface Shape {
  name: string
  answer(struck: Struck): void
  /** The server's own words, which a failure of a token request has to repeat. */
  words?: RegExp
  /** Tokens that come in this shape are taken. */
  tolerable?: true
  /** The scopes that such tokens are then known to have, where not all that were asked for. */
  granted?: string[] | null
}

const json = { 'content-type': 'application/json' }
const html = { 'content-type': 'text/html; charset=utf-8' }
const page = '<!doctype html><html><head><title>Oops</title></head><body><h1>Nothing to see</h1></body></html>'

function plain(status: number, headers: Record<string, string>, body: string | Buffer) {
  return ({ response }: Struck) => void response.writeHead(status, headers).end(body)
}

function changed(change: (good: Record<string, unknown>) => unknown, headers: Record<string, string> = json) {
  return ({ response, good }: Struck) => void response.writeHead(200, headers).end(JSON.stringify(change(good)))
}

/** Past the HTTP module, which would not write such a thing. */
function raw(text: string, then: 'end' | 'reset' = 'end') {
  return ({ response: { socket } }: Struck) => {
    socket?.write(text, () => (then === 'end' ? socket.end() : socket.resetAndDestroy()))
  }
}

function redirect(status: number) {
  return ({ response, elsewhere }: Struck) => void response.writeHead(status, { location: elsewhere }).end()
}

/** As much as is taken, for as long as it is taken. */
function endless({ response }: Struck): void {
  const piece = Buffer.alloc(65_536, ' ')
  response.writeHead(200, json)
  const more = () => {
    while (!response.destroyed && response.write(piece));
  }
  response.on('drain', more)
  more()
}

function drip({ response }: Struck): void {
  response.writeHead(200, json)
  const timer = setInterval(() => response.write(' '), 500)
  response.once('close', () => clearInterval(timer))
}

const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)

/** With an end beyond any date, around the token that would have been right. */
function unendingJwt({ access_token }: Record<string, unknown>): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'HS256' })}.${part({ exp: 1e308, nbf: 'never' })}.${access_token}`
}

export const shapes: Shape[] = [
  { name: 'an empty 200', answer: plain(200, {}, '') },
  { name: 'an empty 204', answer: ({ response }) => void response.writeHead(204).end() },
  { name: 'an empty 400', answer: plain(400, {}, '') },
  { name: 'an empty 401', answer: plain(401, {}, '') },
  { name: 'an empty 403 of type text/html', answer: plain(403, html, '') },
  { name: 'a page with 200', answer: plain(200, html, page) },
  { name: 'a page with 404', answer: plain(404, html, page) },
  { name: 'a page with 500', answer: plain(500, html, page) },
  { name: '503 with a page', answer: plain(503, { ...html, 'retry-after': '7' }, page) },
  { name: '429 with Retry-After', answer: plain(429, { ...json, 'retry-after': '9' }, '{}') },
  {
    name: 'words of its own in JSON',
    answer: plain(400, json, JSON.stringify({ error: 'scope_invalid', error_description: 'Not on a Monday.' })),
    words: /Not on a Monday/,
  },
  {
    name: 'words as message and hint',
    answer: plain(400, json, JSON.stringify({ message: 'Not from here.', hint: 'Ask the owner.' })),
    words: /Not from here\..*Ask the owner/,
  },
  {
    name: 'words in WWW-Authenticate alone',
    answer: plain(401, { 'www-authenticate': 'Bearer error="invalid_client", error_description="Never heard"' }, ''),
    words: /Never heard/,
  },
  {
    name: 'a refusal with 200',
    answer: plain(200, json, '{"ok":false,"error":"invalid_code"}'),
    words: /invalid_code/,
  },
  {
    name: 'words with control characters',
    answer: plain(
      400,
      json,
      '{"error":"invalid_request","error_description":"red \\u001b[31malert\\u0007\\r\\nHost: x"}',
    ),
    words: /invalid_request/,
  },
  {
    name: 'secrets quoted back in JSON',
    answer: ({ response, sent }) =>
      void response
        .writeHead(400, json)
        .end(JSON.stringify({ error: 'invalid_request', error_description: `I got ${sent.join(' and ')}` })),
    words: /invalid_request/,
  },
  {
    name: 'secrets quoted back on a page and in a header',
    answer: ({ response, sent }) =>
      void response
        .writeHead(400, { ...html, 'x-you-sent': encodeURIComponent(sent.join(' ')) })
        .end(`<title>Bad request: ${sent.join(' ')}</title><pre>${sent.map(encodeURIComponent).join('\n')}</pre>`),
  },
  {
    name: 'the right answer as text/plain',
    answer: changed((good) => good, { 'content-type': 'text/plain' }),
    tolerable: true,
  },
  { name: 'the right answer as text/html', answer: changed((good) => good, html), tolerable: true },
  { name: 'the right answer without a type', answer: changed((good) => good, {}), tolerable: true },
  {
    name: 'a byte order mark before it',
    answer: ({ response, good }) => void response.writeHead(200, json).end(`\ufeff${JSON.stringify(good)}`),
    tolerable: true,
  },
  { name: 'no members', answer: plain(200, json, '{}') },
  { name: 'null', answer: plain(200, json, 'null') },
  { name: 'a number', answer: plain(200, json, '42') },
  { name: 'a list', answer: changed((good) => [good]) },
  {
    name: 'every member null',
    answer: changed((good) => Object.fromEntries(Object.keys(good).map((key) => [key, null]))),
  },
  {
    name: 'every member an object',
    answer: changed((good) => Object.fromEntries(Object.keys(good).map((key) => [key, { a: [] }]))),
  },
  {
    name: 'every member a number',
    answer: changed((good) => Object.fromEntries(Object.keys(good).map((key) => [key, 1e308]))),
  },
  { name: 'lower-case bearer', answer: changed((good) => ({ ...good, token_type: 'bearer' })), tolerable: true },
  {
    name: 'one member alone',
    answer: changed((good) => Object.fromEntries(Object.entries(good).slice(0, 1))),
    tolerable: true,
  },
  {
    name: 'fewer scopes than asked',
    answer: changed((good) => ({ ...good, scope: 'read' })),
    granted: ['read'],
    tolerable: true,
  },
  { name: 'no scope', answer: changed(({ scope: _, ...good }) => good), granted: null, tolerable: true },
  {
    name: 'more than 1.4 kB of tokens',
    answer: changed((good) => ({
      ...good,
      access_token: `${good.access_token}.${'a'.repeat(1100)}`,
      refresh_token: `${good.refresh_token}.${'r'.repeat(300)}`,
    })),
    tolerable: true,
  },
  { name: 'a token type of another kind', answer: changed((good) => ({ ...good, token_type: 'DPoP' })) },
  {
    name: 'a number as text',
    answer: changed((good) => ({ ...good, expires_in: '3600', interval: '1' })),
    tolerable: true,
  },
  { name: 'a negative expiry', answer: changed((good) => ({ ...good, expires_in: -1 })), tolerable: true },
  { name: 'an absurd expiry', answer: changed((good) => ({ ...good, expires_in: 1e300 })), tolerable: true },
  {
    name: 'an expiry that is no number',
    answer: changed((good) => ({ ...good, expires_in: 'soon' })),
    tolerable: true,
  },
  {
    name: 'a date of every kind for an expiry',
    answer: changed(({ expires_in: _, ...good }) => ({
      ...good,
      ...{ expires_at: '-271821-04-20T00:00:00Z', expires_on: '12/99/99999 25:61', expires: 1e16 },
      ...{ refresh_token_expires_in: '0x7fffffffffff', refresh_expires_in: [1], x_refresh_token_expires_in: {} },
    })),
    tolerable: true,
  },
  {
    name: 'a JWT that never began',
    answer: changed(({ expires_in: _, ...good }) => ({ ...good, id: '1', access_token: unendingJwt(good) })),
  },
  {
    name: 'blanks and a scheme around the tokens',
    answer: changed((good) => ({
      ...good,
      ...(good.access_token ? { access_token: ` Bearer ${good.access_token}\r\n` } : {}),
      ...(good.refresh_token ? { refresh_token: `\ufeff${good.refresh_token} ` } : {}),
    })),
    tolerable: true,
  },
  {
    name: 'tokens without number below the right one',
    answer: changed((good) => ({
      ...good,
      ...Object.fromEntries(
        Array.from({ length: 3 }, (_, at) => [`more${at}`, { access_token: `${good.access_token}-${at}`, scope: {} }]),
      ),
      ...Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`other${at}`, { access_token: at }])),
    })),
    tolerable: true,
  },
  {
    name: 'a member for each letter of the secrets',
    answer: ({ response, sent, good: { access_token: _, ...good } }) =>
      void response
        .writeHead(200, json)
        .end(JSON.stringify({ ...good, ...Object.fromEntries(sent.map((one) => [one, { [one]: one }])) })),
  },
  { name: 'scopes that are no text', answer: changed((good) => ({ ...good, scope: { read: true } })), tolerable: true },
  {
    name: '__proto__ and constructor',
    answer: ({ response, good }) =>
      void response
        .writeHead(200, json)
        .end(
          `{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},${JSON.stringify(good).slice(1)}`,
        ),
    tolerable: true,
  },
  {
    name: 'a token with a line break',
    answer: changed((good) => ({ ...good, access_token: 'two\r\nlines: of it', id: 'a\nb' })),
  },
  {
    name: 'names of half a megabyte',
    answer: changed((good) => ({
      ...good,
      name: 'n'.repeat(500_000),
      id: 'i'.repeat(500_000),
      scope: 's'.repeat(100_000),
    })),
  },
  { name: 'a depth bomb', answer: plain(200, json, deep(200_000)) },
  {
    name: 'a depth bomb in a member',
    answer: ({ response, good }) =>
      void response.writeHead(200, json).end(`{"bomb":${deep(2000)},${JSON.stringify(good).slice(1)}`),
    tolerable: true,
  },
  { name: 'ten megabytes', answer: plain(200, json, `{"padding":"${'x'.repeat(10_000_000)}"}`) },
  { name: 'a body without an end', answer: endless },
  {
    name: 'bytes that are not UTF-8',
    answer: plain(200, json, Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d])),
  },
  {
    name: 'bytes that are not UTF-8, with 400',
    answer: plain(400, json, Buffer.from([0x7b, 0xff, 0xfe, 0xc3, 0x28, 0x00])),
  },
  {
    name: 'half of it',
    answer: ({ response, good }) => void response.writeHead(200, json).end(JSON.stringify(good).slice(0, -5)),
  },
  { name: 'what is not gzip as gzip', answer: plain(200, { ...json, 'content-encoding': 'gzip' }, 'not gzip at all') },
  {
    name: 'huge headers',
    answer: raw(`HTTP/1.1 200 OK\r\nx-huge: ${'h'.repeat(200_000)}\r\ncontent-length: 2\r\n\r\n{}`),
  },
  {
    name: 'broken chunks',
    answer: raw(
      'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{"a":1}\r\n0\r\n\r\n',
    ),
  },
  { name: 'fewer bytes than promised', answer: raw('HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"a"') },
  { name: 'something that is not HTTP', answer: raw('SSH-2.0-OpenSSH_9.9\r\n') },
  { name: 'an end before the answer', answer: raw('') },
  { name: 'a reset before the answer', answer: raw('', 'reset') },
  { name: 'a reset in the middle', answer: raw('HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"access', 'reset') },
  { name: 'a redirect elsewhere (302)', answer: redirect(302) },
  { name: 'a redirect elsewhere that keeps the body (307)', answer: redirect(307) },
  { name: 'a lasting redirect elsewhere (308)', answer: redirect(308) },
  { name: 'a redirect to nowhere', answer: ({ response }) => void response.writeHead(302).end() },
]

/** Ended by the deadline of thirty seconds alone. */
export const slowShapes: Shape[] = [
  { name: 'a body that drips', answer: drip },
  { name: 'no headers at all', answer: () => undefined },
]
