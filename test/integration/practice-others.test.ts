// The own ways of Plannr and Agile Planner, and the silence of all five.
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type Practice, type PracticeService, startPractice } from '../../practice/index.ts'
import { authorizationUrl, bearer, connect, credentials, getJson, postForm, visit } from './practice-browser.ts'

const LARAVEL = { authorization: '/oauth/authorize', token: '/oauth/token' }
let practice: Practice
let plannr: PracticeService
let agilePlanner: PracticeService

beforeAll(async () => {
  practice = await startPractice()
  plannr = practice.services[2] as PracticeService
  agilePlanner = practice.services[3] as PracticeService
})
afterAll(() => practice.close())

it('Plannr opens an account by the account’s UUID alone', async () => {
  const { access_token } = await connect(plannr, LARAVEL, { scope: '*' })
  const call = (path: string, account?: string) =>
    getJson(plannr.baseUrl + path, {
      ...bearer(access_token),
      ...(account ? { 'x-plannr-account-uuid': account } : {}),
    })
  const logins = (await call('/api/v1/logins')).body.data as { uuid: string; account: { uuid: string } }[]
  const [admin, client] = logins
  expect(logins).toHaveLength(2)
  expect((await call('/api/v1/account?per_page=5')).status).toBe(400)
  expect((await call('/api/v1/account?per_page=5', admin?.uuid)).status).toBe(403)
  const opened = await call('/api/v1/account?per_page=2', admin?.account.uuid)
  expect(opened.body.data).toHaveLength(2)
  expect(Number(opened.headers.get('x-ratelimit-remaining'))).toBeLessThan(500)
  expect((await call(`/api/v1/account/${client?.account.uuid}/address`, client?.account.uuid)).status).toBe(200)
})

it('Plannr takes a personal access token as a Bearer, and says plainly when it knows none', async () => {
  const me = (token: string) => getJson(`${plannr.baseUrl}/api/v1/me`, bearer(token))
  expect((await me(plannr.apiKeys?.[1]?.value ?? '')).body.data).toMatchObject({ first_name: 'Alice' })
  const refused = await me('made-up')
  expect([refused.status, refused.body]).toEqual([401, { message: 'Unauthenticated.' }])
})

it('Plannr refuses with the description a second time as a message', async () => {
  const { body } = await postForm(`${plannr.baseUrl}/oauth/token`, {
    grant_type: 'refresh_token',
    refresh_token: 'made-up',
    ...credentials(plannr),
  })
  expect(body.error).toBe('invalid_grant')
  expect(body.message).toBe(body.error_description)
})

it.each([
  ['ada', null],
  ['alice', 'Practice Advice'],
])('Plannr names %s’s preferred account: %s', async (account, preferred) => {
  const { access_token } = await connect(plannr, LARAVEL, { scope: '*', account })
  const { body } = await getJson(`${plannr.baseUrl}/api/v1/logins`, bearer(access_token))
  const logins = body.data as { uuid: string; type: string; account: { uuid: string; name: string } }[]
  expect(logins.map(({ type }) => type).sort()).toEqual(['admin', 'client'])
  const found = logins.find((login) => login.account.uuid === body.preferred_account_uuid)
  expect(found?.account.name ?? null).toBe(preferred)
  expect(logins.some(({ uuid, account: { uuid: own } }) => uuid === own)).toBe(false)
  expect('preferred_account_uuid' in body).toBe(preferred !== null)
})

it('Agile Planner gives the access token alone, which opens a path that the person names', async () => {
  const tokens = await connect(agilePlanner, LARAVEL)
  expect(Object.keys(tokens)).toEqual(['access_token'])
  const me = await getJson(`${agilePlanner.baseUrl}/api/me`, bearer(tokens.access_token))
  expect(me.body).toEqual({ login: 'ada', name: 'Ada', email: 'ada@practice.example' })
})

it.each<[Record<string, string>, string]>([
  [{ response_type: 'token' }, 'unsupported_response_type'],
  [{ response_type: '' }, 'invalid_request'],
  [{ prompt: 'none' }, 'login_required'],
])('Agile Planner brings an error back to the redirect URI for %j', async (parameters, error) => {
  const { redirect } = await visit(authorizationUrl(agilePlanner, LARAVEL.authorization, parameters))
  const answer = redirect?.hash ? new URLSearchParams(redirect.hash.slice(1)) : redirect?.searchParams
  expect([answer?.get('error'), answer?.has('code')]).toEqual([error, false])
  expect(answer?.get('error_description')).toBeTypeOf('string')
})

it('nothing is printed while a practice runs', async () => {
  const spies = (['log', 'info', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name))
  const quiet = await startPractice()
  const [plane] = quiet.services
  if (plane) await connect(plane, { authorization: '/auth/o/authorize-app/', token: '/auth/o/token/' })
  await postForm(`${plane?.baseUrl}/auth/o/token/`, { grant_type: 'made_up' })
  await quiet.close()
  for (const spy of spies) {
    expect(spy).not.toHaveBeenCalled()
    spy.mockRestore()
  }
})
