// Birdview's own ways: three grants, acting as a named user, and the page on which a client's secret is replaced.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Practice, type PracticeService, startPractice } from '../../practice/index.ts'
import { bearer, connect, credentials, getJson, openPage, postForm } from './practice-browser.ts'

const PATHS = { authorization: '/OAuth2/Authorize', token: '/OAuth2/Token' }
const PAGE = '/integrations/oauthclients'
let practice: Practice
let birdview: PracticeService

beforeEach(async () => {
  practice = await startPractice()
  birdview = practice.services[4] as PracticeService
})
afterEach(() => practice.close())

const ask = (form: Record<string, string>, client = 0) =>
  postForm(`${birdview.baseUrl}${PATHS.token}`, { ...credentials(birdview, client), ...form })
const as = (user: string, client = 0) => ask({ grant_type: 'client_credentials', scope: user }, client)
const api = (path: string, token: unknown) => getJson(birdview.baseUrl + path, bearer(token))
const press = (action: string, client: string) =>
  fetch(birdview.baseUrl + PAGE, { method: 'POST', body: new URLSearchParams({ do: action, client }) })

it('spells its token type small, and keeps the refresh token over a refresh', async () => {
  const tokens = await connect(birdview, PATHS)
  expect(tokens.token_type).toBe('bearer')
  for (let round = 0; round < 2; round++) {
    const { status, body } = await ask({
      grant_type: 'refresh_token',
      refresh_token: String(tokens.refresh_token),
    })
    expect([status, body.token_type, 'refresh_token' in body]).toEqual([200, 'bearer', false])
  }
})

describe('client credentials', () => {
  it.each([
    ['user:7', 'Ada', 3],
    ['user:8', 'Alice', 2],
  ])('for %s act as %s, with that user’s permissions', async (scope, name, projects) => {
    const { status, body } = await as(scope)
    expect([status, Object.keys(body).sort()]).toEqual([200, ['access_token', 'expires_in', 'token_type']])
    expect((await api('/api/v1/users/current', body.access_token)).body).toMatchObject({ name })
    expect((await api('/api/v1/projects', body.access_token)).body).toHaveLength(projects)
  })

  it.each(['user:99', 'user:ada', 'ada', ''])('for "%s" are refused', async (scope) => {
    const { status, body } = await as(scope)
    expect([status, body]).toEqual([400, { error: 'invalid_scope' }])
  })

  it('are refused with a wrong secret before anything else is looked at', async () => {
    const { body } = await ask({ grant_type: 'client_credentials', scope: 'user:99', client_secret: 'no' })
    expect(body.error).toBe('invalid_client')
  })

  it('are for clients alone that the page allows them', async () => {
    const { client_id } = credentials(birdview, 1)
    expect((await as('user:7', 1)).body.error).toBe('unauthorized_client')
    expect(await (await press('allow', client_id)).text()).toContain('Do not allow client credentials')
    expect((await as('user:7', 1)).status).toBe(200)
    await press('disallow', client_id)
    expect((await as('user:7', 1)).body.error).toBe('unauthorized_client')
  })
})

describe('a password', () => {
  const sign = (username: string, password: string) => ask({ grant_type: 'password', username, password })

  it('brings tokens of its owner, which refresh', async () => {
    const { status, body } = await sign('alice', 'alice-practice')
    expect([status, body.token_type]).toEqual([200, 'bearer'])
    expect((await api('/api/v1/users/current', body.access_token)).body.name).toBe('Alice')
    const refreshed = await ask({ grant_type: 'refresh_token', refresh_token: String(body.refresh_token) })
    expect((await api('/api/v1/users/current', refreshed.body.access_token)).body.name).toBe('Alice')
  })

  it.each([
    ['alice', 'ada-practice'],
    ['nobody', 'alice-practice'],
    ['', ''],
  ])('of "%s" that is "%s" is refused', async (username, password) => {
    const { status, body } = await sign(username, password)
    expect([status, body.error]).toEqual([400, 'invalid_grant'])
  })
})

describe('a replaced client secret', () => {
  it('is shown once on the page; the old one stops working, and no token does', async () => {
    const before = credentials(birdview)
    const tokens = await connect(birdview, PATHS)
    const shown = await (await press('reset', before.client_id)).text()
    const secret = /id="client_secret">([^<]+)</.exec(shown)?.[1] ?? ''
    for (const path of [PAGE, '/']) expect((await openPage(birdview.baseUrl + path)).page).not.toContain(secret)
    const refresh = (client_secret: string) =>
      ask({ grant_type: 'refresh_token', refresh_token: String(tokens.refresh_token), client_secret })
    expect((await refresh(before.client_secret)).body.error).toBe('invalid_client')
    expect((await api('/api/v1/users/current', tokens.access_token)).status).toBe(200)
    expect((await refresh(secret)).status).toBe(200)
  })

  it('is the same by program', async () => {
    const { client_id } = credentials(birdview)
    const secret = birdview.resetClientSecret(client_id)
    expect((await as('user:7')).status).toBe(200)
    expect(credentials(birdview).client_secret).toBe(secret)
  })

  it('cannot be asked for by a page of another origin', async () => {
    const { client_id } = credentials(birdview)
    const answer = await fetch(birdview.baseUrl + PAGE, {
      method: 'POST',
      body: new URLSearchParams({ do: 'reset', client: client_id }),
      headers: { origin: 'https://elsewhere.example' },
    })
    expect(answer.status).toBe(403)
    expect((await as('user:7')).status).toBe(200)
  })
})
