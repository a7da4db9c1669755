// Logins that other programs made, found in an HTTP Archive and made into flows.
import { createHash, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { EventOf, FlowEvent } from '../../../../contract/flow/event.ts'
import { eventParties, eventTitle } from '../../../../contract/flow/words.ts'
import { pseudonym } from '../flows/flow-fixture.ts'
import { importFile } from './import-fixture.ts'
import { archive, type Recorded } from './recorded.ts'

const random = () => randomBytes(24).toString('base64url')
const callback = 'https://app.example/callback'

/** A login by code with PKCE, among what else a page loads. */
function login(
  changes: Partial<Record<'state' | 'verifier' | 'redirectUri' | 'iss', string>> & { token?: Recorded } = {},
) {
  const secrets = {
    state: random(),
    code: random(),
    verifier: random(),
    access: random(),
    refresh: random(),
    client: random(),
  }
  const challenge = createHash('sha256').update(secrets.verifier).digest('base64url')
  const asked = new URLSearchParams({
    ...{ response_type: 'code', client_id: 'web', redirect_uri: callback, state: secrets.state, scope: 'read write' },
    ...{ code_challenge: challenge, code_challenge_method: 'S256' },
  })
  const answer = new URLSearchParams({
    code: secrets.code,
    state: changes.state ?? secrets.state,
    ...(changes.iss ? { iss: changes.iss } : {}),
  })
  const token: Recorded = {
    url: 'https://as.example/token',
    form: {
      ...{ grant_type: 'authorization_code', code: secrets.code, redirect_uri: changes.redirectUri ?? callback },
      ...{ client_id: 'web', client_secret: secrets.client, code_verifier: changes.verifier ?? secrets.verifier },
    },
    json: {
      access_token: secrets.access,
      refresh_token: secrets.refresh,
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'read',
    },
    ...changes.token,
  }
  const recorded: Recorded[] = [
    { url: 'https://app.example/style.css', text: 'body{}' },
    {
      url: 'https://as.example/.well-known/openid-configuration',
      json: { issuer: 'https://as.example', token_endpoint: 'https://as.example/token' },
    },
    { url: `https://as.example/authorize?${asked}`, status: 302, location: '/login' },
    { url: 'https://as.example/login', text: '<form>' },
    {
      url: 'https://as.example/login',
      form: { user: 'ada', password: 'difference' },
      status: 302,
      location: `/authorize?${asked}`,
    },
    { url: `https://as.example/authorize?${asked}`, status: 302, location: `${callback}?${answer}` },
    { url: `${callback}?${answer}`, text: 'hello', headers: { cookie: `session=${random()}` } },
    token,
    { url: 'https://api.example/me', headers: { authorization: `Bearer ${secrets.access}` }, json: { name: 'Ada' } },
    { url: 'https://api.example/admin', headers: { authorization: `Bearer ${secrets.access}` }, status: 403, json: {} },
    { url: 'https://tracker.example/?code=spring&page=2' },
  ]
  return { recorded, secrets }
}

const titles = (events: FlowEvent[]) => events.filter(({ kind }) => kind !== 'check').map(eventTitle)
const checks = (events: FlowEvent[], which: string) =>
  events
    .filter((event): event is EventOf<'check'> => event.kind === 'check' && event.which === which)
    .map(({ result, reason }) => [result, reason])

async function imported(recorded: Recorded[]) {
  const { result, flows } = await importFile(JSON.stringify(archive(recorded)))
  const [flow] = flows
  if (!flow) throw new Error('no flow')
  return { result, flows, flow, events: flow.events }
}

describe('a login in an archive', () => {
  it('becomes one flow, in which another program stands where Grantdesk would', async () => {
    const { flow, flows, events } = await imported(login().recorded)
    expect(flows).toHaveLength(1)
    expect(flow).toMatchObject({
      ...{ kind: 'connect', connectionId: null, serviceId: 'example', outcome: 'failed', failure: null },
      about: { service: 'as.example', importedFrom: 'WebInspector 537.36' },
    })
    expect(titles(events)).toEqual([
      'OpenID configuration',
      'Authorization request',
      'Wait for the redirect',
      'The browser came back with a code',
      'Exchange the code for tokens',
      'GET /me',
      'GET /admin',
    ])
    const parties = events.map(eventParties).flatMap(({ from, to }) => [from, to])
    expect(new Set(parties)).toEqual(new Set(['other_program', 'browser', 'authorization_server', 'api']))
  })

  it('is checked as its client should have checked it', async () => {
    const { events } = await imported(login().recorded)
    expect(checks(events, 'state')).toEqual([['passed', null]])
    expect(checks(events, 'iss')).toEqual([['skipped', 'not_promised']])
    expect(checks(events, 'pkce')).toEqual([['passed', 'matches']])
    expect(checks(events, 'redirect_uri')).toEqual([
      ['passed', null],
      ['passed', 'matches'],
    ])
    expect(checks(events, 'expires_in')).toEqual([['passed', null]])
    expect(checks(events, 'scope')).toEqual([['failed', 'missing']])
  })

  it('holds no secret, and the same pseudonym for the same one', async () => {
    const { recorded, secrets } = login()
    const { flows, events } = await imported([...recorded, ...login().recorded])
    const whole = JSON.stringify(flows)
    for (const secret of Object.values(secrets)) expect(whole).not.toContain(secret)
    const shown = /<access_token:[0-9a-f]{8}>/.exec(whole)?.[0] ?? 'none'
    const call = events.find((event) => event.kind === 'exchange' && event.to === 'api') as EventOf<'exchange'>
    expect(call.request.headers).toContainEqual(['authorization', `Bearer ${shown}`])
    expect(flows).toHaveLength(2)
  })

  it.each([
    ['a state that is another', { state: 'another-state-1234' }, 'state', [['failed', 'different']]],
    ['a code verifier that does not fit', { verifier: 'x'.repeat(43) }, 'pkce', [['failed', 'different']]],
    [
      'another redirect URI in the token request',
      { redirectUri: `${callback}/` },
      'redirect_uri',
      [
        ['passed', null],
        ['failed', 'different'],
      ],
    ],
    ['an issuer that is another', { iss: 'https://evil.example' }, 'iss', [['failed', 'different']]],
  ] as const)('with %s fails the check', async (_, changes, which, expected) => {
    const { events } = await imported(login(changes).recorded)
    expect(checks(events, which)).toEqual(expected)
  })

  it('that was refused says why, in the server’s words and without the code it quotes', async () => {
    const { recorded, secrets } = login()
    const error_description = `Code ${secrets.code} was used before`
    const refused = { ...recorded[7], status: 400, json: { error: 'invalid_grant', error_description } } as Recorded
    const { flow } = await imported(recorded.slice(0, 7).concat(refused))
    expect(flow.outcome).toBe('failed')
    expect(flow.failure).toMatchObject({
      kind: 'refused',
      by: 'token_endpoint',
      error: 'invalid_grant',
      reason: 'invalid_grant',
    })
    expect(flow.failure?.message).toContain('was used before')
    expect(JSON.stringify(flow)).not.toContain(secrets.code)
    expect(flow.failure).not.toHaveProperty('remedy')
  })

  it('whose token request the browser never saw ends with the redirect', async () => {
    const { flow, events } = await imported(login().recorded.slice(0, 7))
    expect(flow.outcome).toBe('succeeded')
    expect(titles(events).at(-1)).toBe('The browser came back with a code')
  })

  it('that nobody finished was cancelled', async () => {
    const { flow, events } = await imported(login().recorded.slice(0, 4))
    expect(flow.outcome).toBe('cancelled')
    expect(events.at(-1)).toMatchObject({ kind: 'wait', ended: 'cancelled' })
  })

  it('is the same flow when it is imported again', async () => {
    const text = JSON.stringify(archive(login().recorded))
    const first = await importFile(text)
    const second = await importFile(text, { piece: 7, fixture: first.fixture })
    expect(second.flows).toEqual(first.flows)
    expect((await first.fixture.log.list()).flows).toHaveLength(1)
  })
})

it('a secret that an answer repeats under a harmless name, in any spelling, is hidden, too', async () => {
  const { recorded, secrets } = login()
  const encoded = Buffer.from(`seen ${secrets.refresh}`).toString('base64')
  const json = { remark: `You sent ${secrets.access}`, encoded, address: `/x?y=${encodeURIComponent(secrets.client)}` }
  const call = { url: 'https://api.example/echo', headers: { authorization: `Bearer ${secrets.access}` }, json }
  const { flows } = await imported([...recorded, call])
  const whole = JSON.stringify(flows)
  expect(whole).toContain('You sent <access_token:')
  for (const secret of Object.values(secrets)) expect(whole).not.toContain(secret)
  expect(whole).not.toContain(encoded)
})

it.each(['pwd', 'j_password', 'pass', 'otp'])(
  'what a person typed into the login form as %s is hidden, wherever it stands',
  async (name) => {
    const typed = random()
    const form = { user: 'ada', [name]: typed }
    const url = 'https://as.example/authorize?response_type=code&client_id=web'
    const grant = { grant_type: 'password', username: 'ada', [name]: typed }
    const { flows } = await imported([
      { url, form, text: `You typed ${typed}` },
      { url: 'https://as.example/token', form: grant, json: { access_token: random() } },
    ])
    expect(flows.length).toBeGreaterThan(0)
    expect(JSON.stringify(flows)).not.toContain(typed)
  },
)

describe('a JWT', () => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const jwt = () => `${part({ alg: 'ES256', kid: random() })}.${part({ sub: 'ada', jti: random() })}.${random()}`

  it.each(['CF-Access-Jwt-Assertion', 'X-Goog-IAP-JWT-Assertion', 'X-Amzn-Oidc-Data', 'DPoP', 'x-of-any-name'])(
    'in the header %s of a request or a response is hidden',
    async (name) => {
      const { recorded } = login()
      const [asked, answered] = [jwt(), jwt()]
      const token = { ...recorded[7], headers: { [name]: asked }, answerHeaders: { [name]: `v1 ${answered}` } }
      const { events } = await imported(recorded.with(7, token as Recorded))
      const whole = JSON.stringify(events)
      expect(whole).toContain(`<jwt:${pseudonym(asked)}>`)
      expect(whole).toContain(`v1 <jwt:${pseudonym(answered)}>`)
      for (const secret of [asked, answered]) expect(whole).not.toContain(secret.split('.')[1])
    },
  )

  it('or another secret in the name of the program that wrote the file is hidden, too', async () => {
    const { recorded, secrets } = login()
    const token = jwt()
    const creatorOf = async (name: string) => {
      const file = { log: { ...archive(recorded).log, creator: { name, version: '1' } } }
      const { result, flows } = await importFile(JSON.stringify(file))
      expect(JSON.stringify({ result, flows })).not.toContain(name.slice(-24))
      return [result.creator, flows[0]?.about.importedFrom]
    }
    const shown = `Proxy <jwt:${pseudonym(token)}> 1`
    expect(await creatorOf(`Proxy ${token}`)).toEqual([shown, shown])
    expect((await creatorOf(`Proxy ${secrets.access}`))[1]).toBe(`Proxy <access_token:${pseudonym(secrets.access)}> 1`)
    expect((await creatorOf(`Proxy access_token=${random()}`))[0]).toMatch(/^Proxy access_token=<access_token:/)
  })
})

describe('what belongs to a login', () => {
  it('is its refreshes, by the refresh token, and its revocation', async () => {
    const { recorded, secrets } = login()
    const next = random()
    const { flows, flow } = await imported([
      ...recorded,
      {
        url: 'https://as.example/token',
        form: { grant_type: 'refresh_token', refresh_token: secrets.refresh, client_id: 'web' },
        json: { access_token: random(), refresh_token: next, token_type: 'Bearer' },
      },
      {
        url: 'https://as.example/token',
        form: { grant_type: 'refresh_token', refresh_token: next, client_id: 'web' },
        status: 400,
        json: { error: 'invalid_grant' },
      },
      { url: 'https://as.example/revoke', form: { token: next, token_type_hint: 'refresh_token', client_id: 'web' } },
    ])
    expect(flows).toHaveLength(1)
    expect(titles(flow.events).slice(-3)).toEqual([
      'Refresh the access token',
      'Refresh the access token',
      'Revoke the refresh token',
    ])
    expect(checks(flow.events, 'refresh_token')).toEqual([
      ['passed', null],
      ['passed', 'rotated'],
    ])
  })

  it('is bounded: of a thousand calls a few are kept, and it is said how many are not', async () => {
    const { recorded, secrets } = login()
    const call = { url: 'https://api.example/me', headers: { authorization: `Bearer ${secrets.access}` }, json: {} }
    const { result, flow } = await imported([...recorded, ...Array.from({ length: 1_000 }, () => call)])
    expect(flow.events.filter(({ kind }) => kind === 'exchange').length).toBeLessThan(20)
    expect(result.leftOut).toBe(993)
  })
})

describe('other grants', () => {
  it('are found: a device code, polled', async () => {
    const deviceCode = random()
    const poll = (answer: Partial<Recorded>): Recorded => ({
      url: 'https://as.example/token',
      form: { grant_type: 'urn:ietf:params:oauth:grant-type:device_code', device_code: deviceCode, client_id: 'tv' },
      ...answer,
    })
    const { flow } = await imported([
      {
        url: 'https://as.example/device_authorization',
        form: { client_id: 'tv' },
        json: { device_code: deviceCode, user_code: 'ABCD-EFGH' },
      },
      poll({ status: 400, json: { error: 'authorization_pending' } }),
      poll({ json: { access_token: random(), token_type: 'Bearer' } }),
    ])
    expect(flow.outcome).toBe('succeeded')
    expect(titles(flow.events)).toEqual(['Ask for a user code', 'Has the person decided?', 'Has the person decided?'])
  })

  it('are found: a password and client credentials by HTTP Basic, whose parts are hidden', async () => {
    const secret = random()
    const { flow, flows } = await imported([
      {
        url: 'https://as.example/token',
        form: { grant_type: 'client_credentials', scope: 'read' },
        headers: { authorization: `Basic ${Buffer.from(`robot:${secret}`).toString('base64')}` },
        status: 401,
        json: { error: 'invalid_client', secret_seen: secret },
      },
    ])
    expect(flow.failure).toMatchObject({ kind: 'refused', reason: 'invalid_client' })
    const whole = JSON.stringify(flows)
    expect(whole).toContain('Basic <robot:<client_secret:')
    expect(whole).not.toContain(secret)
  })

  it('are found: a pushed authorization request', async () => {
    const pushed = `urn:ietf:params:oauth:request_uri:${random()}`
    const { flows, flow } = await imported([
      {
        url: 'https://as.example/par',
        form: { client_id: 'web', response_type: 'code', redirect_uri: callback, state: 'abc' },
        status: 201,
        json: { request_uri: pushed, expires_in: 60 },
      },
      {
        url: `https://as.example/authorize?client_id=web&request_uri=${encodeURIComponent(pushed)}`,
        status: 302,
        location: `${callback}?error=access_denied&state=abc`,
      },
    ])
    expect(flows).toHaveLength(1)
    expect(titles(flow.events)).toEqual([
      'Push the authorization request',
      'Authorization request',
      'Wait for the redirect',
      'The browser came back with an error',
    ])
    expect(flow.failure).toMatchObject({ kind: 'refused', error: 'access_denied' })
  })

  it('are found: an API’s refusal of a token that nothing is known of', async () => {
    const { flow } = await imported([
      {
        url: 'https://api.example/x',
        headers: { authorization: `Bearer ${random()}` },
        status: 401,
        answerHeaders: { 'www-authenticate': 'Bearer error="invalid_token"' },
      },
    ])
    expect(flow).toMatchObject({ kind: 'request', outcome: 'failed', about: { method: 'GET', path: '/x' } })
  })
})

describe('an archive without a login', () => {
  it('gives none, and says that credentials were left out of it', async () => {
    const { result } = await importFile(JSON.stringify(archive([{ url: 'https://app.example/' }])))
    expect(result).toMatchObject({ kind: 'har', flows: [], entries: 1, withoutCredentials: true, fault: null })
  })

  it('that is something else altogether is refused', async () => {
    await expect(importFile('{"hello": 1}')).rejects.toThrow('neither an HTTP Archive')
    await expect(importFile('')).rejects.toThrow('neither an HTTP Archive')
    await expect(importFile('PK\u0003\u0004')).rejects.toThrow('neither an HTTP Archive')
  })
})
