// What may come to the redirect listener in place of the answer, or beside it: each row is one request, made from what
// the right answer would have been, and says what has to come of it. Nobody but the listener is asked.
import { request } from 'node:http'

export interface RightAnswer {
  redirectUri: string
  code: string
  state: string
  iss: string
  /** The state of another attempt of the same person, under way at the same time. */
  otherState: string
}

/** What a wrong code or token begins with: none of it may reach the token endpoint. */
export const wrongCode = 'wrong-code-0123456789'

export interface HostileRedirect {
  name: string
  /** Sends it, and answers the status and the page that the browser shows. */
  send(right: RightAnswer): Promise<Shown>
  /** What the browser is answered. */
  status: number
  /** `waits`: nothing was changed and the right answer is still taken. Otherwise the failure's words. */
  ends: 'waits' | { error: string; words: RegExp }
  /** Shown while the attempt waits on. */
  unproven?: RegExp
}

export interface Shown {
  status: number
  page: string
}

const longest = 200_000
const html = '<img src=x onerror="alert(1)"><h1>Call 555</h1>'

/** Past fetch, which follows rules that an attacker does not. */
export function browse(address: string, method = 'GET', body = ''): Promise<Shown> {
  const { hostname, port } = new URL(address)
  const path = address.slice(address.indexOf('/', 'http://'.length))
  const headers = { host: `${hostname}:${port}`, 'content-length': Buffer.byteLength(body) }
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers }, (response) => {
      let page = ''
      response.setEncoding('utf8').on('data', (text: string) => {
        page += text
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, page }))
    })
    sent.on('error', reject).end(body)
  })
}

type Parameters = [name: string, value: string][]

/** The address of the right answer, with the parameters that `change` makes of its own. */
export function answerTo(right: RightAnswer, change: (usual: Parameters) => Parameters = (usual) => usual): string {
  const { redirectUri, code, state, iss } = right
  const usual: Parameters = [
    ['code', code],
    ['state', state],
    ['iss', iss],
  ]
  return `${redirectUri}?${new URLSearchParams(change(usual))}`
}

function changed(name: string, value: (right: RightAnswer) => string | null) {
  return (right: RightAnswer) => {
    const to = value(right)
    return browse(
      answerTo({ ...right, code: wrongCode }, (usual) =>
        usual.flatMap(([key, was]): Parameters => {
          if (key !== name) return [[key, was]]
          return to === null ? [] : [[key, to]]
        }),
      ),
    )
  }
}

function added(more: (right: RightAnswer) => Parameters) {
  return (right: RightAnswer) => browse(answerTo({ ...right, code: wrongCode }, (usual) => [...usual, ...more(right)]))
}

function refused(more: Parameters) {
  return (right: RightAnswer) => browse(answerTo(right, (usual) => [...usual.slice(1), ...more]))
}

export const hostileRedirects: HostileRedirect[] = [
  { name: 'no state', send: changed('state', () => null), status: 400, ends: 'waits' },
  { name: 'an empty state', send: changed('state', () => ''), status: 400, ends: 'waits' },
  { name: 'a state that nobody sent', send: changed('state', () => 'made-up-state'), status: 400, ends: 'waits' },
  {
    name: 'a state that differs in its last letter',
    send: changed('state', ({ state }) => state.slice(0, -1) + (state.endsWith('A') ? 'B' : 'A')),
    status: 400,
    ends: 'waits',
  },
  {
    name: 'the state of another attempt',
    send: changed('state', (right) => right.otherState),
    status: 400,
    ends: 'waits',
  },
  { name: 'the same code twice', send: added(() => [['code', wrongCode]]), status: 400, ends: 'waits' },
  { name: 'two codes, the right one last', send: added(({ code }) => [['code', code]]), status: 400, ends: 'waits' },
  { name: 'the same state twice', send: added(({ state }) => [['state', state]]), status: 400, ends: 'waits' },
  { name: 'two states, the wrong one last', send: added(() => [['state', 'made-up']]), status: 400, ends: 'waits' },
  { name: 'two issuers', send: added(() => [['iss', 'https://else.example.com']]), status: 400, ends: 'waits' },
  {
    name: 'the issuer of somebody else',
    send: changed('iss', () => 'https://else.example.com'),
    status: 400,
    ends: 'waits',
  },
  {
    name: 'the issuer with a slash at its end',
    send: changed('iss', ({ iss }) => `${iss}/`),
    status: 400,
    ends: 'waits',
  },
  { name: 'no issuer where one is promised', send: changed('iss', () => null), status: 400, ends: 'waits' },
  { name: 'neither code nor error', send: changed('code', () => null), status: 400, ends: 'waits' },
  { name: 'an empty code', send: changed('code', () => ''), status: 400, ends: 'waits' },
  {
    name: 'another path',
    send: (right) => browse(answerTo({ ...right, code: wrongCode, redirectUri: `${right.redirectUri}/more` })),
    status: 404,
    ends: 'waits',
  },
  {
    name: 'the answer as a form (POST) that is not called one',
    send: (right) => {
      const [address = '', form = ''] = answerTo({ ...right, code: wrongCode }).split('?')
      return browse(address, 'POST', form)
    },
    status: 415,
    ends: 'waits',
  },
  {
    name: 'HEAD',
    send: (right) => browse(answerTo({ ...right, code: wrongCode }), 'HEAD'),
    status: 405,
    ends: 'waits',
  },
  { name: 'a huge code', send: changed('code', () => wrongCode + 'x'.repeat(longest)), status: 431, ends: 'waits' },
  {
    name: 'a huge query around the right answer',
    send: added(() => Array.from({ length: 12_000 }, (_, at): [string, string] => [`parameter${at}`, 'x'])),
    status: 431,
    ends: 'waits',
  },
  {
    name: 'an error without state',
    send: ({ redirectUri }) => browse(`${redirectUri}?error=invalid_scope&error_description=Never+heard`),
    status: 400,
    ends: 'waits',
    unproven: /^Never heard \(invalid_scope\)$/,
  },
  {
    name: 'an error without state that quotes it',
    send: ({ redirectUri, state }) =>
      browse(`${redirectUri}?${new URLSearchParams({ error: 'server_error', error_description: `I got ${state}` })}`),
    status: 400,
    ends: 'waits',
    unproven: /^I got <state:\w+> \(server_error\)$/,
  },
  {
    name: 'an error and a code',
    send: added(() => [
      ['error', 'access_denied'],
      ['error_description', 'Not today'],
    ]),
    status: 200,
    ends: { error: 'access_denied', words: /Not today/ },
  },
  {
    name: 'an error with HTML in its words',
    send: refused([
      ['error', 'access_denied'],
      ['error_description', html],
    ]),
    status: 200,
    ends: { error: 'access_denied', words: /Call 555/ },
  },
  {
    name: 'an error with control characters in its words',
    send: refused([
      ['error', 'server_error'],
      ['error_description', 'red \u001b[31malert\u0007\r\nSet-Cookie: x=1\u202e'],
    ]),
    status: 200,
    ends: { error: 'server_error', words: /^[^\p{Cc}\u202e]*alert[^\p{Cc}\u202e]*$/u },
  },
  {
    name: 'an error with words without an end',
    send: refused([
      ['error', 'temporarily_unavailable'],
      ['error_description', 'later '.repeat(1500)],
    ]),
    status: 200,
    ends: { error: 'temporarily_unavailable', words: /^.{20,1500}$/ },
  },
  {
    name: 'an error that quotes the state',
    send: (right) =>
      refused([
        ['error', 'invalid_request'],
        ['error_description', `I got ${right.state}`],
      ])(right),
    status: 200,
    ends: { error: 'invalid_request', words: /I got/ },
  },
]
