import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Step } from '../../../../contract/flow.ts'
import { Secret } from '../../../../core/secret.ts'
import { cpuTime } from '../../../support/cpu-time.ts'
import { flowDesk, pseudonym } from './flow-fixture.ts'

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
  .filter((text) => new Set(text).size > 3 && text.isWellFormed() && !text.includes('\u0000'))

const exchange = (text: string): Pick<Step, 'request' | 'response'> => ({
  request: {
    method: 'POST',
    url: `https://as.example/token?x=${text}#y=${text}`,
    headers: [['x-odd', text]],
    body: `a=${text}&b=c`,
  },
  response: {
    status: 400,
    statusText: 'Bad Request',
    headers: [['location', `https://as.example/?z=${text}`]],
    body: `<p>You sent ${text}.</p>`,
    truncated: false,
  },
})

describe('a known secret', () => {
  it('never appears in the flow, whatever its spelling, hidden before or after', async () => {
    await fc.assert(
      fc.asyncProperty(
        anySecret,
        fc.constantFrom(...Object.keys(spellings)),
        fc.boolean(),
        async (secret, name, late) => {
          const spelled = spellings[name]?.(secret) ?? ''
          const { log, records } = flowDesk()
          const recording = log.start({ kind: 'connect', title: 'Connect', serviceId: 'plane' })
          if (!late) recording.hide(new Secret(secret), 'client_secret')
          recording.note({
            from: 'grantdesk',
            to: 'authorization_server',
            title: 'Asked',
            note: spelled,
            ...exchange(spelled),
          })
          if (late) recording.hide(new Secret(secret), 'client_secret')
          await recording.end('failed', { kind: 'not_supported', message: `The server said ${spelled}` })
          for (const flow of [recording.flow(), records.flows.get(recording.id)]) {
            const kept = JSON.stringify(flow)
            expect(kept).not.toContain(secret)
            expect(kept).not.toContain(json(secret))
            expect(kept).not.toContain(json(spelled))
          }
        },
      ),
      { numRuns: 500 },
    )
  })

  it('has the same pseudonym in every flow, and keeps its first label', () => {
    const { log } = flowDesk()
    const shown = ['code', 'other'].map((label) => {
      const recording = log.start({
        kind: 'connect',
        title: 'c',
        serviceId: 's',
        hide: [[new Secret('abcdefgh'), 'code']],
      })
      recording.hide(new Secret('abcdefgh'), label)
      recording.note({ from: 'browser', to: 'grantdesk', title: 'Came back', note: 'with abcdefgh' })
      return recording.flow().steps[0]?.note
    })
    expect(shown).toEqual([`with <code:${pseudonym('abcdefgh')}>`, `with <code:${pseudonym('abcdefgh')}>`])
  })

  it('of thousands of characters is found too', () => {
    const { log } = flowDesk()
    const recording = log.start({ kind: 'connect', title: 'c', serviceId: 's' })
    for (const length of [5_000, 300_000]) {
      const secret = `${'ey.J-_'.repeat(length / 6)}+/end`
      recording.hide(new Secret(secret), 'access_token')
      recording.note({ from: 'grantdesk', to: 'api', title: 't', note: `a ${secret} b ${encodeURIComponent(secret)}` })
      const last = recording.flow().steps.at(-1)?.note ?? ''
      expect(last.slice(0, 100)).toBe(`a <access_token:${pseudonym(secret)}> b <access_token:${pseudonym(secret)}>`)
    }
  })

  it('is found among thousands of others', () => {
    const { log } = flowDesk()
    const recording = log.start({ kind: 'request', title: 'c', serviceId: 's' })
    const tokens = Array.from({ length: 3000 }, (_, index) => `tok-${index}-${pseudonym(String(index))}`)
    const body = JSON.stringify(tokens.map((token) => ({ api_token: token })))
    recording.note({ from: 'grantdesk', to: 'api', title: 't', ...response(body) })
    recording.hide(new Secret('sesame-open'), 'password')
    recording.note({ from: 'grantdesk', to: 'api', title: 't', note: 'said sesame-open' })
    const kept = JSON.stringify(recording.flow())
    expect(tokens.filter((token) => kept.includes(token))).toEqual([])
    expect(kept).not.toContain('sesame-open')
  })

  it('made of nothing but backslashes and quotes costs no time', () => {
    const { log } = flowDesk()
    const recording = log.start({ kind: 'connect', title: 'c', serviceId: 's' })
    recording.hide(new Secret(`${'\\'.repeat(60)}x${'%25'.repeat(40)}"`), 'password')
    const note = `${'\\'.repeat(5000)}${'%25'.repeat(2000)}`
    expect(cpuTime(() => recording.note({ from: 'grantdesk', to: 'api', title: 't', note }))).toBeLessThan(2000)
  })

  it('cut off by the end of what was read is cut off altogether', () => {
    const { log } = flowDesk()
    const recording = log.start({ kind: 'connect', title: 'c', serviceId: 's' })
    recording.hide(new Secret('sesame-open-wide'), 'password')
    const response = { status: 200, statusText: '', headers: [], body: 'you sent sesame-open', truncated: true }
    recording.note({ from: 'grantdesk', to: 'api', title: 't', response })
    expect(recording.flow().steps[0]?.response?.body).toBe('you sent ')
  })
})

function shown(to: 'authorization_server' | 'api', parts: Partial<Pick<Step, 'request' | 'response'>>) {
  const { log } = flowDesk()
  const recording = log.start({ kind: 'connect', title: 'c', serviceId: 's' })
  recording.note({ from: 'grantdesk', to, title: 't', ...parts })
  const [step] = recording.flow().steps
  return step
}

const request = (parts: Partial<NonNullable<Step['request']>>) => ({
  request: { method: 'POST', url: 'https://a.example/', headers: [], body: null, ...parts },
})
const response = (body: string, headers: [string, string][] = []) => ({
  response: { status: 200, statusText: 'OK', headers, body, truncated: false },
})
const p = pseudonym

describe('a secret that is one by its place', () => {
  it('in an Authorization header leaves the scheme', () => {
    const step = shown('api', request({ headers: [['Authorization', 'Bearer tok-123']] }))
    expect(step?.request?.headers).toEqual([['Authorization', `Bearer <access_token:${p('tok-123')}>`]])
  })

  it('in HTTP Basic leaves the client id, however it is spelled', () => {
    const { log } = flowDesk()
    const secret = 'p+q%41:r/s='
    const recording = log.start({
      kind: 'connect',
      title: 'c',
      serviceId: 's',
      hide: [[new Secret(secret), 'client_secret']],
    })
    for (const half of [secret, form(secret)]) {
      const value = `Basic ${Buffer.from(`web:${half}`).toString('base64')}`
      recording.note({
        from: 'grantdesk',
        to: 'authorization_server',
        title: 't',
        ...request({ headers: [['authorization', value]] }),
      })
    }
    const headers = recording.flow().steps.map((step) => step.request?.headers[0]?.[1])
    expect(headers).toEqual(Array(2).fill(`Basic <web:<client_secret:${p(secret)}>>`))
  })

  it('in cookies and key headers leaves the names', () => {
    const step = shown('api', {
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
    expect(step?.request?.headers).toEqual([
      ['Cookie', `sid=<cookie:${p('a1')}>; theme=<cookie:${p('dark')}>`],
      ['X-Redmine-API-Key', `<x_redmine_api_key:${p('k3y')}>`],
      ['X-Api-Key', `<x_api_key:${p('plane_api_1')}>`],
      ['Accept', '*/*'],
    ])
    expect(step?.response?.headers).toEqual([['set-cookie', `sid=<cookie:${p('b2')}>; Path=/; HttpOnly`]])
  })

  it('in a form, a query, a fragment or a Location is hidden by its name', () => {
    const step = shown('authorization_server', {
      ...request({
        url: 'https://ada:pw@a.example/authorize?client_id=web&state=s1&scope=a%20b#access_token=t1',
        headers: [['content-type', 'application/x-www-form-urlencoded']],
        body: 'grant_type=refresh_token&refresh_token=r%2F1&client_secret=x&code_verifier=v1',
      }),
      ...response('', [['location', 'http://127.0.0.1/cb?code=c1&state=s1']]),
    })
    expect(step?.request?.url).toBe(
      `https://<user_and_password:${p('ada:pw')}>@a.example/authorize?client_id=web&state=<state:${p('s1')}>&scope=a%20b#access_token=<access_token:${p('t1')}>`,
    )
    expect(step?.request?.body).toBe(
      `grant_type=refresh_token&refresh_token=<refresh_token:${p('r/1')}>&client_secret=<client_secret:${p('x')}>&code_verifier=<code_verifier:${p('v1')}>`,
    )
    expect(step?.response?.headers[0]?.[1]).toBe(`http://127.0.0.1/cb?code=<code:${p('c1')}>&state=<state:${p('s1')}>`)
  })

  it('in JSON is hidden by its member, also in cut, nested or escaped JSON', () => {
    const body =
      '{"access_token": "a\\/b", "n":1, "x":{"client_secret":["s1","s2"]}, "log":"{\\"password\\":\\"pw1\\"}", "refresh_token":"cut-of'
    expect(shown('authorization_server', response(body))?.response?.body).toBe(
      `{"access_token": "<access_token:${p('a/b')}>", "n":1, "x":{"client_secret":["<client_secret:${p('s1')}>","<client_secret:${p('s2')}>"]}, "log":"{\\"password\\":\\"<password:${p('pw1')}>\\"}", "refresh_token":"<refresh_token:${p('cut-of')}>`,
    )
  })

  it('in XML, a page and its inputs is hidden too', () => {
    const body =
      '<user><api_key>k1</api_key></user><input type="hidden" name="authenticity_token" value="t0k=="><title>Success code=AbCdEfGh12345678</title>'
    expect(shown('authorization_server', response(body))?.response?.body).toBe(
      `<user><api_key><api_key:${p('k1')}></api_key></user><input type="hidden" name="authenticity_token" value="<authenticity_token:${p('t0k==')}>"><title>Success code=<code:${p('AbCdEfGh12345678')}></title>`,
    )
  })

  it('is hidden everywhere else from then on, and in what stands there already', () => {
    const { log } = flowDesk()
    const recording = log.start({ kind: 'connect', title: 'c', serviceId: 's' })
    recording.note({ from: 'browser', to: 'grantdesk', title: 't', note: 'saw tok-777777' })
    recording.note({
      from: 'grantdesk',
      to: 'authorization_server',
      title: 't',
      ...response('{"access_token":"tok-777777"}'),
    })
    recording.note({ from: 'grantdesk', to: 'api', title: 't', ...response('hello tok-777777') })
    const shownToken = `<access_token:${p('tok-777777')}>`
    const [first, , third] = recording.flow().steps
    expect([first?.note, third?.response?.body]).toEqual([`saw ${shownToken}`, `hello ${shownToken}`])
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
    const step = shown('api', { ...request({ url: 'https://a.example/issues?state=opened' }), ...response(body) })
    expect([step?.request?.url, step?.response?.body]).toEqual(['https://a.example/issues?state=opened', body])
  })

  it('stay in an authorization server’s error', () => {
    const body = '{"error":"invalid_grant","code":"unsupported_grant_type","token_type":"Bearer","refresh_token":null}'
    expect(shown('authorization_server', response(body))?.response?.body).toBe(body)
  })
})
