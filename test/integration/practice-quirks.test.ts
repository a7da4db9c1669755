// Each quirk of a practice service, switched on while it runs, and met by the next request.
import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Practice, type PracticeService, type ServiceId, startPractice } from '../../practice/index.ts'
import {
  authorizationUrl,
  bearer,
  connect,
  credentials,
  getJson,
  openPage,
  postForm,
  REDIRECT_URI,
  visit,
} from './practice-browser.ts'

const PATHS = { authorization: '/oauth/authorize', token: '/oauth/token' }
const VERIFIER = 'a-code-verifier-of-at-least-forty-three-characters'
let practice: Practice
let planio: PracticeService
let plane: PracticeService

beforeAll(async () => {
  practice = await startPractice()
  const find = (wanted: ServiceId) => practice.services.find(({ id }) => id === wanted) as PracticeService
  planio = find('planio')
  plane = find('plane')
})
afterAll(() => practice.close())

const reset = (service: PracticeService) =>
  fetch(service.quirksUrl, { method: 'POST', body: new URLSearchParams({ reset: 'all' }), redirect: 'manual' })
afterEach(async () => {
  await Promise.all([reset(planio), reset(plane)])
})

async function turn(service: PracticeService, changes: Record<string, boolean>): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${service.quirksUrl}.json`, { method: 'POST', headers, body: JSON.stringify(changes) })
  expect(answer.status).toBe(200)
}
const on = (...ids: string[]) => turn(planio, Object.fromEntries(ids.map((id) => [id, true])))

const me = (token: unknown) => getJson(`${planio.baseUrl}/users/current.json`, bearer(token))
const post = (form: Record<string, string>, headers: Record<string, string> = {}) =>
  postForm(`${planio.baseUrl}${PATHS.token}`, form, headers)
const refresh = (token: unknown) =>
  post({ grant_type: 'refresh_token', refresh_token: String(token), ...credentials(planio) })
const allow = async (parameters: Record<string, string> = {}): Promise<URL | null> =>
  (await visit(authorizationUrl(planio, PATHS.authorization, parameters))).redirect

describe('a token response', () => {
  it.each([
    ['no-expires-in', ['access_token', 'created_at', 'refresh_token', 'scope', 'token_type']],
    ['no-scope', ['access_token', 'created_at', 'expires_in', 'refresh_token', 'token_type']],
    ['no-refresh-token', ['access_token', 'created_at', 'expires_in', 'scope', 'token_type']],
    ['access-token-alone', ['access_token']],
  ])('with %s holds the rest', async (quirk, members) => {
    await on(quirk)
    const tokens = await connect(planio, PATHS)
    expect(Object.keys(tokens).sort()).toEqual(members)
    expect((await me(tokens.access_token)).status).toBe(200)
  })

  it('spells its type small', async () => {
    await on('lower-case-bearer')
    expect((await connect(planio, PATHS)).token_type).toBe('bearer')
  })

  it('grants fewer scopes than asked for, at a refresh too, and the API holds to it', async () => {
    await on('fewer-scopes')
    const tokens = await connect(planio, PATHS, { scope: 'view_project view_issues' })
    expect(tokens.scope).toBe('view_project')
    expect((await getJson(`${planio.baseUrl}/issues.json`, bearer(tokens.access_token))).status).toBe(403)
    expect((await refresh(tokens.refresh_token)).body.scope).toBe('view_project')
  })
})

describe('a refresh', () => {
  it('answers the same refresh token, good for ever', async () => {
    await on('refresh-same')
    const { refresh_token } = await connect(planio, PATHS)
    for (let round = 0; round < 2; round++)
      expect((await refresh(refresh_token)).body.refresh_token).toBe(refresh_token)
  })

  it('answers none, and the old one stays good', async () => {
    await on('refresh-none')
    const { refresh_token } = await connect(planio, PATHS)
    for (let round = 0; round < 2; round++) {
      const { status, body } = await refresh(refresh_token)
      expect([status, 'refresh_token' in body]).toEqual([200, false])
    }
  })

  it('ends the old tokens at once', async () => {
    await on('refresh-rotates')
    const first = await connect(planio, PATHS)
    const second = (await refresh(first.refresh_token)).body
    expect((await me(first.access_token)).status).toBe(401)
    expect((await refresh(first.refresh_token)).status).toBe(400)
    expect((await refresh(second.refresh_token)).status).toBe(200)
  })

  it('with the old refresh token ends the new tokens too', async () => {
    await on('reuse-kills-family')
    const first = await connect(planio, PATHS)
    const second = (await refresh(first.refresh_token)).body
    expect((await me(second.access_token)).status).toBe(200)
    expect((await refresh(first.refresh_token)).status).toBe(400)
    expect((await me(second.access_token)).status).toBe(401)
    expect((await refresh(second.refresh_token)).status).toBe(400)
  })

  it('leaves the old refresh token good when no such quirk is on', async () => {
    await turn(planio, { 'refresh-until-used': false })
    const first = await connect(planio, PATHS)
    const second = (await refresh(first.refresh_token)).body
    expect(second.refresh_token).not.toBe(first.refresh_token)
    await me(second.access_token)
    expect((await refresh(first.refresh_token)).status).toBe(200)
  })

  it.each([
    ['refresh-refused-401', 401, /"invalid_request"/],
    ['refresh-refused-empty', 400, /^$/],
    ['refresh-refused-500', 500, /<h1>/],
  ])('is refused by %s in another way, and a code is not', async (quirk, status, text) => {
    await on(quirk)
    const answer = await refresh('made-up')
    expect([answer.status, answer.text]).toEqual([status, expect.stringMatching(text)])
    const code = { grant_type: 'authorization_code', code: 'made-up', redirect_uri: REDIRECT_URI }
    expect((await post({ ...code, ...credentials(planio) })).body.error).toBe('invalid_grant')
  })
})

describe('client authentication', () => {
  const attempt = async (way: 'body' | 'raw' | 'encoded') => {
    const client = planio.clients.findIndex(({ clientId }) => clientId.endsWith('difficult-app'))
    const { client_id, client_secret } = credentials(planio, client)
    const secret = way === 'encoded' ? encodeURIComponent(client_secret) : client_secret
    const authorization = `Basic ${Buffer.from(`${client_id}:${secret}`).toString('base64')}`
    const form = { grant_type: 'refresh_token', refresh_token: 'made-up' }
    const answer = await (way === 'body'
      ? post({ ...form, client_id, client_secret })
      : post({ ...form }, { authorization }))
    return answer.body.error === 'invalid_grant'
  }

  it.each<[Record<string, boolean>, { body: boolean; raw: boolean; encoded: boolean }]>([
    [{}, { body: true, raw: true, encoded: false }],
    [{ 'basic-raw': false }, { body: true, raw: true, encoded: true }],
    [{ 'basic-form-encoded': true }, { body: true, raw: false, encoded: true }],
    [{ 'basic-only': true }, { body: false, raw: true, encoded: false }],
    [{ 'body-only': true }, { body: true, raw: false, encoded: false }],
  ])('with %j accepts %j', async (changes, accepted) => {
    await turn(planio, changes)
    const found = { body: await attempt('body'), raw: await attempt('raw'), encoded: await attempt('encoded') }
    expect(found).toEqual(accepted)
  })

  it.each([
    ['wrong-secret-400', 400, /invalid_client/],
    ['wrong-secret-403', 403, /^$/],
  ])('that is wrong is refused by %s', async (quirk, status, text) => {
    await on(quirk)
    const answer = await post({
      grant_type: 'refresh_token',
      refresh_token: 'any',
      ...credentials(planio),
      client_secret: 'no',
    })
    expect([answer.status, answer.text]).toEqual([status, expect.stringMatching(text)])
  })
})

describe('an authorization request', () => {
  const s256 = {
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
  }
  const plain = { code_challenge: VERIFIER, code_challenge_method: 'plain' }
  const outcome = async (parameters: Record<string, string>) => {
    const redirect = await allow(parameters)
    const code = redirect?.searchParams.get('code')
    if (!code) return redirect?.searchParams.get('error')
    const form = {
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT_URI,
      code_verifier: VERIFIER,
      ...credentials(planio),
    }
    return (await post(form)).status
  }

  it('is taken with a challenge of either method', async () => {
    expect([await outcome(s256), await outcome(plain)]).toEqual([200, 200])
  })

  it('is refused with a plain challenge only, or with any', async () => {
    await on('pkce-plain-only')
    expect([await outcome(s256), await outcome(plain)]).toEqual(['invalid_request', 200])
    await on('pkce-refused')
    expect([await outcome(s256), await outcome(plain)]).toEqual(['invalid_request', 'invalid_request'])
    expect((await allow())?.searchParams.has('code')).toBe(true)
  })

  it('is refused without its state', async () => {
    await on('error-without-state')
    const url = authorizationUrl(planio, PATHS.authorization)
    const denied = (await visit(url, { decision: 'deny' })).redirect
    expect([denied?.searchParams.get('error'), denied?.searchParams.has('state')]).toEqual(['access_denied', false])
    expect((await allow({ scope: 'fly' }))?.searchParams.has('state')).toBe(false)
    expect((await allow())?.searchParams.get('state')).toBe('state-of-this-test')
  })

  it('that is denied stays at the service', async () => {
    await on('denial-stays')
    const { redirect, page } = await visit(authorizationUrl(planio, PATHS.authorization), { decision: 'deny' })
    expect(redirect).toBeNull()
    expect(page).toContain('You denied access')
  })

  it('names a redirect URI that is registered to the letter, or none is followed', async () => {
    await on('redirect-exact')
    const ephemeral = await visit(authorizationUrl(planio, PATHS.authorization))
    expect([ephemeral.status, ephemeral.redirect]).toEqual([400, null])
    expect((await allow({ redirect_uri: 'http://127.0.0.1:53682/callback' }))?.port).toBe('53682')
  })
})

describe('a revocation', () => {
  const revoke = (token: unknown) =>
    postForm(`${planio.baseUrl}/oauth/revoke`, { token: String(token), ...credentials(planio) })

  it('is answered and does nothing', async () => {
    await on('revocation-does-nothing')
    const tokens = await connect(planio, PATHS)
    for (const token of [tokens.refresh_token, tokens.access_token]) expect((await revoke(token)).status).toBe(200)
    expect([(await me(tokens.access_token)).status, (await refresh(tokens.refresh_token)).status]).toEqual([200, 200])
  })

  it('ends the refresh token alone', async () => {
    await on('revocation-refresh-only')
    const tokens = await connect(planio, PATHS)
    expect((await revoke(tokens.access_token)).status).toBe(200)
    expect((await revoke(tokens.refresh_token)).status).toBe(200)
    expect([(await me(tokens.access_token)).status, (await refresh(tokens.refresh_token)).status]).toEqual([200, 400])
  })
})

describe('the API', () => {
  it('takes bearer in lower case where it is not particular', async () => {
    const { access_token } = await connect(planio, PATHS)
    const small = () => getJson(`${planio.baseUrl}/users/current.json`, { authorization: `bearer ${access_token}` })
    expect((await small()).status).toBe(401)
    await turn(planio, { 'lower-case-header-refused': false })
    expect((await small()).status).toBe(200)
  })

  it('answers a dead token with an empty page', async () => {
    await on('dead-token-403')
    const answer = await me('made-up')
    expect([answer.status, answer.text, answer.headers.get('content-type')]).toEqual([
      403,
      '',
      expect.stringContaining('text/html'),
    ])
    expect((await getJson(`${planio.baseUrl}/users/current.json`, {})).status).toBe(401)
  })

  it('counts every request as one too many, and the token endpoint goes on', async () => {
    const { access_token, refresh_token } = await connect(planio, PATHS)
    await on('api-429')
    const { status, headers } = await me(access_token)
    expect([status, headers.get('retry-after')]).toEqual([429, '7'])
    expect((await refresh(refresh_token)).status).toBe(200)
  })
})

describe('the whole server', () => {
  beforeEach(async () => {
    await connect(planio, PATHS)
  })

  it('hides its token endpoint behind a page', async () => {
    await on('token-endpoint-404')
    const answer = await refresh('any')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, expect.stringContaining('html')])
    expect((await me('made-up')).status).toBe(401)
  })

  it('is out of order but for its pages', async () => {
    await on('server-errors')
    expect([(await refresh('any')).status, (await me('any')).status]).toEqual([503, 503])
    expect((await openPage(authorizationUrl(planio, PATHS.authorization))).status).toBe(200)
    expect((await openPage(planio.quirksUrl)).status).toBe(200)
  })

  it('takes three seconds', async () => {
    await on('slow')
    const began = performance.now()
    await Promise.all([refresh('any'), me('any')])
    expect(performance.now() - began).toBeGreaterThan(2_900)
  })

  it('has no OAuth as Plane’s Community edition, and API keys go on', async () => {
    await turn(plane, { 'community-edition': true })
    const paths = ['authorize-app/', 'token/', 'app-installation/', 'revoke-token/'].map((path) => `/auth/o/${path}`)
    const answers = await Promise.all(paths.map((path) => fetch(plane.baseUrl + path)))
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404])
    const key = { 'x-api-key': plane.apiKeys?.[0]?.value ?? '' }
    expect((await getJson(`${plane.baseUrl}/api/v1/users/me/`, key)).status).toBe(200)
  })
})

it('quirks can be on from the start, and a name that is none is refused', async () => {
  const own = await startPractice({ quirks: { birdview: { 'access-token-alone': true } } })
  const birdview = own.services[4] as PracticeService
  const states = (await (await fetch(`${birdview.quirksUrl}.json`)).json()) as { id: string; on: boolean }[]
  expect(states.find(({ id }) => id === 'access-token-alone')?.on).toBe(true)
  const tokens = await connect(birdview, { authorization: '/OAuth2/Authorize', token: '/OAuth2/Token' })
  expect(Object.keys(tokens)).toEqual(['access_token'])
  await own.close()
  await expect(startPractice({ quirks: { birdview: { 'community-edition': true } } })).rejects.toThrow(/no quirk/)
})
