// The own ways of Plannr, Agile Planner and Birdview, and the silence of all five.
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type Practice, type PracticeService, startPractice } from '../../practice/index.ts'
import { bearer, connect, credentials, getJson, postForm } from './practice-browser.ts'

const LARAVEL = { authorization: '/oauth/authorize', token: '/oauth/token' }
const ASP = { authorization: '/OAuth2/Authorize', token: '/OAuth2/Token' }
let practice: Practice
let plannr: PracticeService
let birdview: PracticeService

beforeAll(async () => {
  practice = await startPractice()
  plannr = practice.services[2] as PracticeService
  birdview = practice.services[4] as PracticeService
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

it('Birdview spells its token type small, and keeps the refresh token over a refresh', async () => {
  const tokens = await connect(birdview, ASP)
  expect(tokens.token_type).toBe('bearer')
  for (let round = 0; round < 2; round++) {
    const { status, body } = await postForm(`${birdview.baseUrl}${ASP.token}`, {
      grant_type: 'refresh_token',
      refresh_token: String(tokens.refresh_token),
      ...credentials(birdview),
    })
    expect([status, body.token_type, 'refresh_token' in body]).toEqual([200, 'bearer', false])
  }
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
