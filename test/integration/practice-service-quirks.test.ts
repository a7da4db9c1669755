// The quirks of single services, and those of revocations, refreshes and devices: each switched on while the service runs,
// and met by the next request.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
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

const rails = { authorization: '/oauth/authorize', token: '/oauth/token' }
const plane = { authorization: '/auth/o/authorize-app/', token: '/auth/o/token/' }
const birdview = { authorization: '/OAuth2/Authorize', token: '/OAuth2/Token' }
const deviceCode = 'urn:ietf:params:oauth:grant-type:device_code'

let practice: Practice

beforeAll(async () => {
  practice = await startPractice()
})
afterAll(() => practice.close())
afterEach(async () => {
  const body = new URLSearchParams({ reset: 'all' })
  await Promise.all(
    practice.services.map(({ quirksUrl }) => fetch(quirksUrl, { method: 'POST', body, redirect: 'manual' })),
  )
})

const of = (wanted: ServiceId) => practice.services.find(({ id }) => id === wanted) as PracticeService

async function turn(service: ServiceId, changes: Record<string, boolean>): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify(changes)
  expect((await fetch(`${of(service).quirksUrl}.json`, { method: 'POST', headers, body })).status).toBe(200)
}
const on = (service: ServiceId, ...ids: string[]) => turn(service, Object.fromEntries(ids.map((id) => [id, true])))
const off = (service: ServiceId, id: string) => turn(service, { [id]: false })

const ask = (service: ServiceId, path: string, headers: Record<string, string> = {}) =>
  getJson(of(service).baseUrl + path, headers)
const post = (service: ServiceId, path: string, form: Record<string, string>) =>
  postForm(of(service).baseUrl + path, { ...credentials(of(service)), ...form })
const refresh = (token: unknown) =>
  post('planio', rails.token, { grant_type: 'refresh_token', refresh_token: String(token) })
const revoke = (token: unknown) => post('planio', '/oauth/revoke', { token: String(token) })
const me = async (token: unknown) => (await ask('planio', '/users/current.json', bearer(token))).status

describe('Plane', () => {
  it('sends the browser back without app_installation_id', async () => {
    await on('plane', 'redirect-without-installation')
    const { redirect } = await visit(authorizationUrl(of('plane'), plane.authorization))
    expect([redirect?.searchParams.has('code'), redirect?.searchParams.has('app_installation_id')]).toEqual([
      true,
      false,
    ])
  })

  it('asks for payment, in the words of each generation', async () => {
    const { access_token } = await connect(of('plane'), plane)
    await on('plane', 'payment-required')
    const [v1, v2] = await Promise.all(
      ['v1', 'v2'].map((version) => ask('plane', `/api/${version}/users/me/`, bearer(access_token))),
    )
    expect([v1?.status, v2?.status, v2?.body.code]).toEqual([402, 402, 'payment_required'])
    expect(v1?.body).toEqual({ detail: expect.stringContaining('Payment') })
  })

  it('says that there were too many requests, in the words of each generation', async () => {
    await on('plane', 'api-429')
    const v1 = await ask('plane', '/api/v1/users/me/')
    expect([v1.status, v1.body, v1.headers.get('x-ratelimit-remaining')]).toEqual([
      429,
      { error_code: 5900, error_message: 'RATE_LIMIT_EXCEEDED' },
      '0',
    ])
    expect(Number(v1.headers.get('x-ratelimit-reset'))).toBeGreaterThan(Date.now() / 1000 - 1)
    const v2 = await ask('plane', '/api/v2/users/me/')
    expect([v2.status, v2.body.code, Number(v2.headers.get('retry-after')) > 0]).toEqual([429, 'rate_limited', true])
  })

  it.each([
    ['bad-key-401', 401],
    ['bad-key-403', 403],
  ])('with %s refuses a bad key with %i everywhere', async (quirk, status) => {
    await on('plane', quirk)
    const paths = ['/api/v1/users/me/', '/api/v2/users/me/']
    const answers = await Promise.all(paths.map((path) => ask('plane', path, { 'x-api-key': 'none' })))
    expect(answers.map((answer) => answer.status)).toEqual([status, status])
  })
})

describe('Planio', () => {
  it('has its REST API switched off', async () => {
    const { access_token } = await connect(of('planio'), rails)
    await on('planio', 'rest-api-off')
    const answer = await ask('planio', '/projects.json', bearer(access_token))
    expect([answer.status, answer.text]).toEqual([403, ''])
  })

  it('takes a token that it never issued for nobody, or refuses it', async () => {
    const list = () => ask('planio', '/projects.json', bearer('made-up'))
    expect((await list()).status).toBe(200)
    await off('planio', 'unknown-is-nobody')
    const refused = await list()
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringContaining('invalid_token'),
    ])
  })

  it('lets a key count before a token, or the token', async () => {
    const { access_token } = await connect(of('planio'), rails, { account: 'ada' })
    const key = 'planio-practice-key-alice-0123456789'
    const both = () => ask('planio', '/users/current.json', { ...bearer(access_token), 'x-redmine-api-key': key })
    const login = async () => ((await both()).body.user as { login: string }).login
    expect(await login()).toBe('alice')
    await off('planio', 'key-beats-bearer')
    expect(await login()).toBe('ada')
  })

  it('shows the code in the title of its page', async () => {
    await on('planio', 'success-code-page')
    const url = authorizationUrl(of('planio'), rails.authorization, { redirect_uri: 'urn:ietf:wg:oauth:2.0:oob' })
    const { redirect } = await visit(url)
    const { page } = await openPage(redirect?.href ?? '')
    const code = redirect?.searchParams.get('code')
    expect(/<title>Success code=(\S+)/.exec(page)?.[1]).toBe(code)
  })
})

describe('Plannr', () => {
  const key = (login: string) => bearer(`plannr-practice-personal-token-${login}`)

  it('wants the account named, or takes the usual one', async () => {
    expect((await ask('plannr', '/api/v1/account', key('alice'))).status).toBe(400)
    await off('plannr', 'account-header-required')
    const answer = await ask('plannr', '/api/v1/account', key('alice'))
    expect([answer.status, (answer.body.data as unknown[]).length]).toEqual([200, 3])
  })

  it('names the preferred account, or none', async () => {
    expect((await ask('plannr', '/api/v1/logins', key('alice'))).body).toHaveProperty('preferred_account_uuid')
    await off('plannr', 'preferred-account')
    expect((await ask('plannr', '/api/v1/logins', key('alice'))).body).not.toHaveProperty('preferred_account_uuid')
  })
})

it('Birdview consents by itself, for its first account', async () => {
  await on('birdview', 'automatic-consent')
  const url = authorizationUrl(of('birdview'), birdview.authorization)
  const code = new URL((await openPage(url)).url).searchParams.get('code') ?? ''
  const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI }
  const { body } = await post('birdview', birdview.token, form)
  expect((await ask('birdview', '/api/v1/users/current', bearer(body.access_token))).body.name).toBe('Ada')
})

describe('a token response', () => {
  it('is long, after a long code', async () => {
    await on('planio', 'long-tokens')
    const { redirect } = await visit(authorizationUrl(of('planio'), rails.authorization))
    const code = redirect?.searchParams.get('code') ?? ''
    const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT_URI }
    const { body, text } = await post('planio', rails.token, form)
    expect([code.length, text.length > 1400, await me(body.access_token)]).toEqual([788, true, 200])
    expect((await refresh(body.refresh_token)).status).toBe(200)
  })

  it('calls refusals by names of its own', async () => {
    await on('planio', 'own-error-codes')
    const url = authorizationUrl(of('planio'), rails.authorization, { scope: 'made-up' })
    expect((await visit(url)).redirect?.searchParams.get('error')).toBe('scope_invalid')
    const form = { grant_type: 'authorization_code', code: 'made-up', redirect_uri: REDIRECT_URI }
    expect((await post('planio', rails.token, form)).body.error).toBe('invalid_code')
    expect((await refresh('made-up')).body.error).toBe('invalid_grant')
  })
})

describe('a refresh', () => {
  it('beside another of the same token ends in a page', async () => {
    const { refresh_token } = await connect(of('planio'), rails)
    await on('planio', 'parallel-refresh-500')
    const answers = await Promise.all([refresh(refresh_token), refresh(refresh_token)])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 500])
    expect((await refresh(refresh_token)).status).not.toBe(500)
  })

  it('ends in a page after the access token was revoked', async () => {
    await on('planio', 'revocation-breaks-refresh')
    const { access_token, refresh_token } = await connect(of('planio'), rails)
    await revoke(access_token)
    const answer = await refresh(refresh_token)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([500, expect.stringContaining('html')])
  })
})

describe('a revocation', () => {
  it.each([
    ['revocation-kills-both', 'access_token', 401, 400],
    ['revocation-kills-both', 'refresh_token', 401, 400],
    ['revocation-independent', 'access_token', 401, 200],
    ['revocation-independent', 'refresh_token', 200, 400],
    ['jwt-outlives-revocation', 'access_token', 200, 200],
    ['jwt-outlives-revocation', 'refresh_token', 200, 400],
  ])('with %s of the %s leaves the API at %i and the refresh at %i', async (quirk, which, api, refreshed) => {
    await on('planio', quirk)
    const tokens = await connect(of('planio'), rails)
    expect((await revoke(tokens[which])).status).toBe(200)
    expect([await me(tokens.access_token), (await refresh(tokens.refresh_token)).status]).toEqual([api, refreshed])
    if (quirk.startsWith('jwt')) expect(String(tokens.access_token).split('.')).toHaveLength(3)
  })

  it('is refused, and the tokens live on', async () => {
    await on('planio', 'revocation-refused')
    const { access_token, refresh_token } = await connect(of('planio'), rails)
    const answer = await revoke(refresh_token)
    expect([answer.status, answer.body.error]).toEqual([401, 'invalid_client'])
    expect([await me(access_token), (await refresh(refresh_token)).status]).toEqual([200, 200])
  })

  it('cannot be verified where the API is not found', async () => {
    const { access_token } = await connect(of('planio'), rails)
    await on('planio', 'api-404')
    expect((await revoke(access_token)).status).toBe(200)
    expect(await me(access_token)).toBe(404)
    await off('planio', 'api-404')
    expect(await me(access_token)).toBe(401)
  })

  it.each([
    ['revocation-json-only', 200, 400],
    ['revocation-form-only', 400, 200],
  ])('with %s answers %i to JSON and %i to a form', async (quirk, asJson, asForm) => {
    await on('plane', quirk)
    const { access_token } = await connect(of('plane'), plane)
    const fields = { token: String(access_token), ...credentials(of('plane')) }
    const send = async (headers: Record<string, string>, body: string) =>
      (await fetch(`${of('plane').baseUrl}/auth/o/revoke-token/`, { method: 'POST', headers, body })).status
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    expect([
      await send({ 'content-type': 'application/json' }, JSON.stringify(fields)),
      await send(form, new URLSearchParams(fields).toString()),
    ]).toEqual([asJson, asForm])
  })
})

describe('the device grant', () => {
  const begin = () => post('planio', '/oauth/authorize_device', { scope: 'view_project' })
  const poll = (body: Record<string, unknown>) =>
    post('planio', rails.token, { grant_type: deviceCode, device_code: String(body.device_code) })
  const decide = (body: Record<string, unknown>, decision: string) => {
    const form = { user_code: String(body.user_code), account: 'ada', decision }
    return postForm(String(body.verification_uri), form)
  }

  it('is not there while it is off', async () => {
    expect((await begin()).status).toBe(404)
    expect((await poll({ device_code: 'x' })).body.error).toBe('unsupported_grant_type')
  })

  it('gives tokens once the person has allowed it on the page', async () => {
    await on('planio', 'device-grant')
    const { body } = await begin()
    expect(body.interval).toBe(1)
    expect((await poll(body)).body.error).toBe('authorization_pending')
    expect((await openPage(String(body.verification_uri_complete))).page).toContain(String(body.user_code))
    expect((await decide(body, 'allow')).text).toContain('is connected')
    const tokens = (await poll(body)).body
    expect([tokens.scope, await me(tokens.access_token)]).toEqual(['view_project', 200])
    expect((await refresh(tokens.refresh_token)).status).toBe(200)
    expect((await poll(body)).body.error).toBe('invalid_grant')
  })

  it('ends with the person’s no', async () => {
    await on('planio', 'device-grant')
    const { body } = await begin()
    await decide(body, 'deny')
    expect((await poll(body)).body.error).toBe('access_denied')
  })

  it('may name no interval, want to be asked more slowly, and end soon', async () => {
    await on('planio', 'device-grant', 'device-no-interval', 'device-slow-down', 'device-expires-soon')
    const { body } = await begin()
    expect([body.interval, body.expires_in]).toEqual([undefined, 3])
    expect((await poll(body)).body.error).toBe('slow_down')
    expect((await poll(body)).body.error).toBe('authorization_pending')
    await expect.poll(async () => (await poll(body)).body.error).toBe('expired_token')
  })
})
