import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FlowEvent } from '../../../../contract/flow/event.ts'
import type { RecordedRequest, RecordedResponse } from '../../../../contract/flow/exchange.ts'
import { isOrdinaryText } from '../../../../contract/secret-strength.ts'
import type { EventFacts } from '../../../../core/flows/recording.ts'
import { Problem } from '../../../../core/problem.ts'
import { Secret } from '../../../../core/secret.ts'
import { cpuTime } from '../../../support/cpu-time.ts'
import { fuzzCases } from '../../../support/fuzz/seed.ts'
import { exchanged, flowFixture, pseudonym, said } from './flow-fixture.ts'

const strictForm = (text: string) =>
  [...new TextEncoder().encode(text)]
    .map((byte) =>
      /[A-Za-z0-9]/.test(String.fromCharCode(byte))
        ? String.fromCharCode(byte)
        : `%${byte.toString(16).padStart(2, '0').toUpperCase()}`,
    )
    .join('')
const form = (text: string) => new URLSearchParams([['', text]]).toString().slice(1)
const json = (text: string) => JSON.stringify(text).slice(1, -1)
const asciiJson = (text: string) =>
  json(text)
    .replaceAll('/', '\\/')
    .replace(/[^\x20-\x7e]|[<>&]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)

const spellings: Record<string, (secret: string) => string> = {
  raw: (secret) => secret,
  percent: (secret) => encodeURIComponent(secret),
  'percent in lower case': (secret) => strictForm(secret).replace(/%../g, (hex) => hex.toLowerCase()),
  'percent of everything': strictForm,
  'percent twice': (secret) => encodeURIComponent(encodeURIComponent(secret)),
  form,
  json,
  'json in ascii': asciiJson,
  'json in json': (secret) => json(json(secret)),
  'json in percent': (secret) => encodeURIComponent(json(secret)),
  html: (secret) =>
    secret.replace(
      /[&<>"']/g,
      (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[one] ?? '',
    ),
  basic: (secret) => Buffer.from(`web:${secret}`).toString('base64'),
  'basic after form': (secret) => Buffer.from(`my client:${form(secret)}`).toString('base64'),
  'basic after percents': (secret) =>
    Buffer.from(`my client:${form(secret).replaceAll('+', '%20')}`).toString('base64'),
  base64url: (secret) => Buffer.from(`xy${secret}z`).toString('base64url'),
}

/** Secrets as people paste them: printable, of any alphabet, long enough not to be a word of the flow itself. */
const anySecret = fc
  .oneof(
    fc.string({ minLength: 10, maxLength: 60, unit: 'grapheme-ascii' }),
    fc.string({ minLength: 10, maxLength: 30, unit: 'grapheme' }),
    fc.string({
      minLength: 10,
      maxLength: 40,
      unit: fc.constantFrom('%', '4', '1', '+', '\\', '"', '/', '&', ' ', '=', 'a', ':'),
    }),
  )
  .filter((text) => !isOrdinaryText(text) && new Set(text).size > 3 && text.isWellFormed() && !text.includes('\u0000'))

const exchange = (text: string) => ({
  request: {
    method: 'POST',
    url: `https://as.example/token?x=${text}#y=${text}`,
    headers: [['x-odd', text]] satisfies [string, string][],
    body: `a=${text}&b=c`,
  },
  response: {
    status: 400,
    statusText: 'Bad Request',
    headers: [['location', `https://as.example/?z=${text}`]] satisfies [string, string][],
    body: `<p>You sent ${text}.</p>`,
    truncated: false,
  },
})

const everyParameter = (text: string): [string, string][] => [
  ['code', text],
  ['error_description', text],
  [text, 'x'],
]

const nothingElse = { status: null, message: null }

/** Every kind of event with the text wherever a text may stand. */
const everyKind = (text: string): EventFacts[] => [
  {
    kind: 'authorization_request',
    endpoint: `https://as.example/authorize?x=${text}`,
    parameters: everyParameter(text),
    redirectUri: `http://127.0.0.1:1/callback?x=${text}`,
    codeChallengeMethod: 'S256',
    opened: 'browser',
  },
  {
    kind: 'redirect',
    via: 'listener',
    parameters: everyParameter(text),
    error: text,
    errorDescription: text,
    request: { ...exchange(text).request, truncated: false },
  },
  { kind: 'check', which: 'account', expected: text, found: [text, 'x'], result: 'failed', reason: 'different' },
  {
    kind: 'stray_request',
    reason: 'state',
    request: { ...exchange(text).request, truncated: false },
    status: 400,
    error: text,
    errorDescription: text,
  },
  {
    kind: 'wait',
    for: 'pause',
    until: null,
    endedAt: null,
    ended: 'running',
    trouble: { kind: 'network', host: text, code: text },
    retry: null,
  },
  {
    kind: 'decision',
    decision: {
      ...{ question: 'other_account', choice: 'replace' },
      ...{ connection: text, heldBy: text, signedInAs: text },
    },
  },
  { kind: 'second_try', failure: { kind: 'refused', error: text, errorDescription: text, code: text, ...nothingElse } },
  { kind: 'token_handed_over', grant: text },
  { kind: 'revocation_not_offered', service: text, token: text, page: text },
  said(text),
]

describe('a known secret', () => {
  it('never appears in the flow, whatever its spelling, hidden before or after', async () => {
    await fc.assert(
      fc.asyncProperty(
        anySecret,
        fc.constantFrom(...Object.keys(spellings)),
        fc.boolean(),
        async (secret, name, late) => {
          const spelled = spellings[name]?.(secret) ?? ''
          const { log, stored } = flowFixture()
          const recording = log.start({ kind: 'connect', about: {}, serviceId: 'plane' })
          if (!late) recording.hide(new Secret(secret), 'client_secret')
          recording.add(exchanged('authorization_server', exchange(spelled)))
          for (const event of everyKind(spelled)) recording.add(event)
          if (late) recording.hide(new Secret(secret), 'client_secret')
          const failure = { kind: 'not_supported' as const, message: `The server said ${spelled}` }
          await recording.end('failed', recording.redact(new Problem(failure, [spelled])))
          for (const flow of [recording.flow(), await stored(recording.id)]) {
            const kept = JSON.stringify(flow)
            expect(kept).not.toContain(secret)
            expect(kept).not.toContain(json(secret))
            expect(kept).not.toContain(json(spelled))
          }
        },
      ),
      { numRuns: fuzzCases(150, 500) },
    )
  })

  it('has the same pseudonym in every flow, and keeps its first label', () => {
    const { log } = flowFixture()
    const shown = ['code', 'other'].map((label) => {
      const recording = log.start({
        kind: 'connect',
        about: {},
        serviceId: 's',
        hide: [[new Secret('abcdefgh'), 'code']],
      })
      recording.hide(new Secret('abcdefgh'), label)
      recording.add(said('with abcdefgh'))
      return textOf(recording.flow().events[0])
    })
    expect(shown).toEqual([`with <code:${pseudonym('abcdefgh')}>`, `with <code:${pseudonym('abcdefgh')}>`])
  })

  it('of thousands of characters is found too', () => {
    const { log } = flowFixture()
    const recording = log.start({ kind: 'connect', about: {}, serviceId: 's' })
    for (const length of [5_000, 300_000]) {
      const secret = `${'ey.J-_'.repeat(length / 6)}+/end`
      recording.hide(new Secret(secret), 'access_token')
      recording.add(said(`a ${secret} b ${encodeURIComponent(secret)}`))
      const last = textOf(recording.flow().events.at(-1))
      expect(last.slice(0, 100)).toBe(`a <access_token:${pseudonym(secret)}> b <access_token:${pseudonym(secret)}>`)
    }
  })

  it('with blanks is found in Basic, however they were encoded first', () => {
    const { log } = flowFixture()
    const recording = log.start({ kind: 'connect', about: {}, serviceId: 's' })
    recording.hide(new Secret('two words and more'), 'client_secret')
    for (const blank of [' ', '+', '%20']) {
      const sent = Buffer.from(`web:${'two words and more'.replaceAll(' ', blank)}`).toString('base64')
      recording.add(said(`You sent ${sent}.`))
      expect(textOf(recording.flow().events.at(-1))).toContain('<client_secret:')
    }
  })

  it('is found among thousands of others', () => {
    const { log } = flowFixture()
    const recording = log.start({ kind: 'request', about: {}, serviceId: 's' })
    const tokens = Array.from({ length: 3000 }, (_, index) => `tok-${index}-${pseudonym(String(index))}`)
    const body = JSON.stringify(tokens.map((token) => ({ api_token: token })))
    recording.add(exchanged('api', response(body)))
    recording.hide(new Secret('sesame-open'), 'password')
    recording.add(said('said sesame-open'))
    const kept = JSON.stringify(recording.flow())
    expect(tokens.filter((token) => kept.includes(token))).toEqual([])
    expect(kept).not.toContain('sesame-open')
  })

  it('made of nothing but backslashes and quotes costs no time', () => {
    const { log } = flowFixture()
    const recording = log.start({ kind: 'connect', about: {}, serviceId: 's' })
    recording.hide(new Secret(`${'\\'.repeat(60)}x${'%25'.repeat(40)}"`), 'password')
    const note = `${'\\'.repeat(5000)}${'%25'.repeat(2000)}`
    expect(cpuTime(() => recording.add(said(note)))).toBeLessThan(2000)
  })

  it('cut off by the end of what was read is cut off altogether', () => {
    const { log } = flowFixture()
    const recording = log.start({ kind: 'connect', about: {}, serviceId: 's' })
    recording.hide(new Secret('sesame-open-wide'), 'password')
    recording.add(exchanged('api', { response: { body: 'you sent sesame-open', truncated: true } }))
    recording.add(exchanged('api', { request: { body: 'I sent sesame-open', truncated: true } }))
    const [first, second] = recording.flow().events
    expect([exchangeOf(first).response?.body, exchangeOf(second).request.body]).toEqual(['you sent ', 'I sent '])
  })
})

/** The exchange that an event is. */
function exchangeOf(event: FlowEvent | undefined) {
  if (event?.kind !== 'exchange') throw new Error('This is no exchange')
  return event
}

const textOf = (event: FlowEvent | undefined) => (event?.kind === 'token_handed_over' ? event.grant : '')

interface Messages {
  request?: Partial<RecordedRequest>
  response?: Partial<RecordedResponse>
}

function shown(to: 'authorization_server' | 'api', messages: Messages) {
  const { log } = flowFixture()
  const recording = log.start({ kind: 'connect', about: {}, serviceId: 's' })
  recording.add(exchanged(to, messages))
  return exchangeOf(recording.flow().events[0])
}

const request = (parts: Partial<RecordedRequest>) => ({ request: parts })
const response = (body: string, headers: [string, string][] = []) => ({ response: { headers, body } })
const p = pseudonym

describe('a secret that is one by its place', () => {
  it('in an Authorization header leaves the scheme', () => {
    const event = shown('api', request({ headers: [['Authorization', 'Bearer tok-123']] }))
    expect(event.request.headers).toEqual([['Authorization', `Bearer <access_token:${p('tok-123')}>`]])
  })

  it('in HTTP Basic leaves the client id, however it is spelled', () => {
    const { log } = flowFixture()
    const secret = 'p+q%41:r/s='
    const recording = log.start({
      kind: 'connect',
      about: {},
      serviceId: 's',
      hide: [[new Secret(secret), 'client_secret']],
    })
    for (const half of [secret, form(secret)]) {
      const value = `Basic ${Buffer.from(`web:${half}`).toString('base64')}`
      recording.add(exchanged('authorization_server', request({ headers: [['authorization', value]] })))
    }
    const headers = recording.flow().events.map((event) => exchangeOf(event).request.headers[0]?.[1])
    expect(headers).toEqual(Array(2).fill(`Basic <web:<client_secret:${p(secret)}>>`))
  })

  it('in cookies and key headers leaves the names', () => {
    const event = shown('api', {
      ...request({
        headers: [
          ['Cookie', 'sid=a1; theme=dark'],
          ['X-Redmine-API-Key', 'k3y'],
          ['X-Api-Key', 'plane_api_1'],
          ['Accept', '*/*'],
        ],
      }),
      ...response('', [['set-cookie', 'sid=b2; Path=/; HttpOnly']]),
    })
    expect(event.request.headers).toEqual([
      ['Cookie', `sid=<cookie:${p('a1')}>; theme=<cookie:${p('dark')}>`],
      ['X-Redmine-API-Key', `<x_redmine_api_key:${p('k3y')}>`],
      ['X-Api-Key', `<x_api_key:${p('plane_api_1')}>`],
      ['Accept', '*/*'],
    ])
    expect(event.response?.headers).toEqual([['set-cookie', `sid=<cookie:${p('b2')}>; Path=/; HttpOnly`]])
  })

  it('in a form, a query, a fragment or a Location is hidden by its name', () => {
    const event = shown('authorization_server', {
      ...request({
        url: 'https://ada:pw@a.example/authorize?client_id=web&state=s1&scope=a%20b#access_token=t1',
        headers: [['content-type', 'application/x-www-form-urlencoded']],
        body: 'grant_type=refresh_token&refresh_token=r%2F1&client_secret=x&code_verifier=v1',
      }),
      ...response('', [['location', 'http://127.0.0.1/cb?code=c1&state=s1']]),
    })
    expect(event.request.url).toBe(
      `https://<user_and_password:${p('ada:pw')}>@a.example/authorize?client_id=web&state=<state:${p('s1')}>&scope=a%20b#access_token=<access_token:${p('t1')}>`,
    )
    expect(event.request.body).toBe(
      `grant_type=refresh_token&refresh_token=<refresh_token:${p('r/1')}>&client_secret=<client_secret:${p('x')}>&code_verifier=<code_verifier:${p('v1')}>`,
    )
    expect(event.response?.headers[0]?.[1]).toBe(`http://127.0.0.1/cb?code=<code:${p('c1')}>&state=<state:${p('s1')}>`)
  })

  it('in JSON is hidden by its member, also in cut, nested or escaped JSON', () => {
    const body =
      '{"access_token": "a\\/b", "n":1, "x":{"client_secret":["s1","s2"]}, "log":"{\\"password\\":\\"pw1\\"}", "refresh_token":"cut-of'
    expect(shown('authorization_server', response(body)).response?.body).toBe(
      `{"access_token": "<access_token:${p('a/b')}>", "n":1, "x":{"client_secret":["<client_secret:${p('s1')}>","<client_secret:${p('s2')}>"]}, "log":"{\\"password\\":\\"<password:${p('pw1')}>\\"}", "refresh_token":"<refresh_token:${p('cut-of')}>`,
    )
  })

  it('in XML, a page and its inputs is hidden too', () => {
    const body =
      '<user><api_key>k1</api_key></user><input type="hidden" name="authenticity_token" value="t0k=="><title>Success code=AbCdEfGh12345678</title>'
    expect(shown('authorization_server', response(body)).response?.body).toBe(
      `<user><api_key><api_key:${p('k1')}></api_key></user><input type="hidden" name="authenticity_token" value="<authenticity_token:${p('t0k==')}>"><title>Success code=<code:${p('AbCdEfGh12345678')}></title>`,
    )
  })

  it('is hidden everywhere else from then on, and in what stands there already', () => {
    const { log } = flowFixture()
    const recording = log.start({ kind: 'connect', about: {}, serviceId: 's' })
    recording.add(said('saw tok-777777'))
    recording.add(exchanged('authorization_server', response('{"access_token":"tok-777777"}')))
    recording.add(exchanged('api', response('hello tok-777777')))
    const shownToken = `<access_token:${p('tok-777777')}>`
    const [first, , third] = recording.flow().events
    expect([textOf(first), exchangeOf(third).response?.body]).toEqual([`saw ${shownToken}`, `hello ${shownToken}`])
  })
})

describe('a hostile body', () => {
  it.each(['\\', '\\"', '"', '<input ', '"token":[', 'token=x&', '<a>'])(
    'of a mebibyte of %s costs no time',
    (piece) => {
      const body = response(piece.repeat((1024 * 1024) / piece.length))
      expect(cpuTime(() => shown('authorization_server', body))).toBeLessThan(5000)
    },
  )
})

describe('words that are no secrets', () => {
  it('stay at an API under names such as state and code', () => {
    const body = '{"state":"opened","code":"not_found","detail":"opened"}'
    const event = shown('api', { ...request({ url: 'https://a.example/issues?state=opened' }), ...response(body) })
    expect([event.request.url, event.response?.body]).toEqual(['https://a.example/issues?state=opened', body])
  })

  it('stay in an authorization server’s error', () => {
    const body = '{"error":"invalid_grant","code":"unsupported_grant_type","token_type":"Bearer","refresh_token":null}'
    expect(shown('authorization_server', response(body)).response?.body).toBe(body)
  })
})
