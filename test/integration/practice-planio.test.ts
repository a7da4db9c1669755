// Planio's own ways: empty refusals, anonymous readers, permission names, refresh tokens that outlive their use.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Practice, type PracticeService, startPractice } from '../../practice/index.ts'
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
const OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob'
let practice: Practice
let planio: PracticeService

beforeAll(async () => {
  practice = await startPractice()
  planio = practice.services[1] as PracticeService
})
afterAll(() => practice.close())

const api = (path: string, token: unknown) => getJson(planio.baseUrl + path, bearer(token))
const refresh = (token: unknown) =>
  postForm(`${planio.baseUrl}${PATHS.token}`, {
    grant_type: 'refresh_token',
    refresh_token: String(token),
    ...credentials(planio),
  })

describe('the authorization endpoint of practice Planio', () => {
  it('grants the default set when no scope is asked for', async () => {
    const began = Math.floor(Date.now() / 1000)
    const body = await connect(planio, PATHS)
    expect(body.scope).toBe('view_project search_project view_members')
    expect(body.expires_in).toBe(7200)
    expect(Number(body.created_at)).toBeGreaterThanOrEqual(began)
    expect(Number(body.created_at)).toBeLessThanOrEqual(Date.now() / 1000)
  })

  it('fails the whole consent for one scope it does not know', async () => {
    const { redirect } = await visit(authorizationUrl(planio, PATHS.authorization, { scope: 'view_issues fly' }))
    expect(redirect?.searchParams.get('error')).toBe('invalid_scope')
    expect(redirect?.searchParams.get('error_description')).toMatch(/scope is invalid, unknown, or malformed/)
  })

  it('shows the code on a page of its own, without the state, when there is no redirect URI to return to', async () => {
    const { redirect } = await visit(authorizationUrl(planio, PATHS.authorization, { redirect_uri: OUT_OF_BAND }))
    expect(redirect?.pathname).toBe('/oauth/authorize/native')
    expect(redirect?.searchParams.has('state')).toBe(false)
    const { page } = await openPage(redirect?.href ?? '')
    const code = /id="authorization_code">([^<]+)</.exec(page)?.[1] ?? ''
    const answer = await postForm(`${planio.baseUrl}${PATHS.token}`, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: OUT_OF_BAND,
      ...credentials(planio),
    })
    expect(answer.status).toBe(200)
  })
})

describe('the token endpoint of practice Planio', () => {
  it('takes client credentials in the body and by Basic alike', async () => {
    const { redirect } = await visit(authorizationUrl(planio, PATHS.authorization))
    const { client_id, client_secret } = credentials(planio)
    const answer = await postForm(
      `${planio.baseUrl}${PATHS.token}`,
      { grant_type: 'authorization_code', code: redirect?.searchParams.get('code') ?? '', redirect_uri: REDIRECT_URI },
      { authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}` },
    )
    expect(answer.status).toBe(200)
  })

  it('refuses with Doorkeeper’s words and a challenge', async () => {
    const { status, headers, body } = await refresh('made-up')
    expect([status, body.error]).toEqual([400, 'invalid_grant'])
    expect(body.error_description).toMatch(/^The provided authorization grant is invalid/)
    expect(headers.get('www-authenticate')).toMatch(/^Bearer realm="Redmine", error="invalid_grant"/)
  })

  it('lets the old refresh token live until the new access token is first used', async () => {
    const first = await connect(planio, PATHS)
    const lost = await refresh(first.refresh_token)
    expect(lost.status).toBe(200)
    const second = await refresh(first.refresh_token)
    expect(second.status).toBe(200)
    expect((await api('/users/current.json', first.access_token)).status).toBe(200)
    expect((await api('/users/current.json', second.body.access_token)).status).toBe(200)
    expect((await refresh(first.refresh_token)).body.error).toBe('invalid_grant')
    expect((await api('/users/current.json', first.access_token)).status).toBe(401)
    expect((await refresh(second.body.refresh_token)).status).toBe(200)
  })
})

describe('revocation at practice Planio', () => {
  const revoke = (form: Record<string, string>) => postForm(`${planio.baseUrl}/oauth/revoke`, form)

  it('answers an empty object, and the token is refused with an empty body and a reason', async () => {
    const tokens = await connect(planio, PATHS)
    const answer = await revoke({ token: String(tokens.refresh_token), ...credentials(planio) })
    expect([answer.status, answer.text]).toEqual([200, '{}'])
    const me = await api('/users/current.json', tokens.access_token)
    expect([me.status, me.text]).toEqual([401, ''])
    expect(me.headers.get('www-authenticate')).toBe(
      'Bearer realm="Redmine", error="invalid_token", error_description="The access token was revoked"',
    )
    expect((await refresh(tokens.refresh_token)).body.error).toBe('invalid_grant')
  })

  it('answers the same for a token it never knew', async () => {
    expect((await revoke({ token: 'made-up', ...credentials(planio) })).text).toBe('{}')
  })

  it('refuses a client with a wrong secret', async () => {
    const answer = await revoke({ token: 'made-up', ...credentials(planio), client_secret: 'not-the-secret' })
    expect([answer.status, answer.body.error]).toEqual([403, 'unauthorized_client'])
  })

  it('is offered on the page of authorized applications', async () => {
    const tokens = await connect(planio, PATHS, { account: 'alice' })
    const { page } = await openPage(`${planio.baseUrl}/oauth/authorized_applications`)
    const grant = /value="([^"]+)" aria-label="Revoke Practice app for alice"/.exec(page)?.[1] ?? ''
    await fetch(`${planio.baseUrl}/oauth/authorized_applications`, {
      method: 'POST',
      body: new URLSearchParams({ grant }),
    })
    expect((await api('/users/current.json', tokens.access_token)).status).toBe(401)
  })
})

describe('the API of practice Planio', () => {
  it('describes a token', async () => {
    const { access_token } = await connect(planio, PATHS, { scope: 'view_issues' })
    const { body } = await api('/oauth/token/info', access_token)
    expect(body).toMatchObject({
      resource_owner_id: 5,
      scope: ['view_issues'],
      application: { uid: 'planio-practice-app' },
    })
    expect((await api('/oauth/token/info', 'made-up')).body.error).toBe('invalid_token')
  })

  it('says that a token expired', async () => {
    const short = await startPractice({ lifetimes: { accessToken: 2 } })
    const service = short.services[1] as PracticeService
    const { access_token } = await connect(service, PATHS)
    const me = () => getJson(`${service.baseUrl}/users/current.json`, bearer(access_token))
    await expect.poll(async () => (await me()).status, { interval: 200 }).toBe(401)
    expect((await me()).headers.get('www-authenticate')).toContain('error_description="The access token expired"')
    await short.close()
  })

  it('takes a token it never issued for nobody, who may read what is public', async () => {
    const projects = await api('/projects.json', 'made-up')
    expect([projects.status, projects.body.total_count]).toEqual([200, 2])
    expect((await api('/users/current.json', 'made-up')).status).toBe(401)
  })

  it('refuses a missing permission with an empty 403', async () => {
    const { access_token } = await connect(planio, PATHS, { scope: 'view_project' })
    const issues = await api('/issues.json', access_token)
    expect([issues.status, issues.text]).toEqual([403, ''])
  })

  it('lets an API key beat a token', async () => {
    const { access_token } = await connect(planio, PATHS, { account: 'ada' })
    const key = planio.apiKeys?.find(({ name }) => name.endsWith('alice'))?.value ?? ''
    const { body } = await getJson(`${planio.baseUrl}/users/current.json`, {
      ...bearer(access_token),
      'x-redmine-api-key': key,
    })
    expect(body.user).toMatchObject({ login: 'alice' })
  })

  it('creates an issue, and wants a subject', async () => {
    const { access_token } = await connect(planio, PATHS, { scope: 'add_issues view_issues' })
    const create = (issue: object) =>
      fetch(`${planio.baseUrl}/projects/website/issues.json`, {
        method: 'POST',
        headers: { ...bearer(access_token), 'content-type': 'application/json' },
        body: JSON.stringify({ issue }),
      })
    const created = await create({ subject: 'Hello world' })
    expect(created.status).toBe(201)
    expect(await created.json()).toMatchObject({ issue: { subject: 'Hello world', author: { name: 'Ada Practice' } } })
    expect((await create({})).status).toBe(422)
  })
})
