// Plane's own ways: slashes, prefixes, two generations of errors, rate limits, installations, revocation.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Practice, type PracticeService, startPractice } from '../../practice/index.ts'
import { authorizationUrl, bearer, connect, credentials, getJson, postForm, visit } from './practice-browser.ts'

const PATHS = { authorization: '/auth/o/authorize-app/', token: '/auth/o/token/' }
let practice: Practice
let plane: PracticeService

beforeAll(async () => {
  practice = await startPractice()
  plane = practice.services[0] as PracticeService
})
afterAll(() => practice.close())

const api = (path: string, token: unknown) => getJson(plane.baseUrl + path, bearer(token))

async function firstProject(token: unknown): Promise<string> {
  const { body } = await api('/api/v1/workspaces/practice-one/projects/', token)
  return (body.results as { id: string }[])[0]?.id ?? ''
}

describe('tokens of practice Plane', () => {
  it('say what they are, for a day, with the scopes that were asked for', async () => {
    const body = await connect(plane, PATHS, { scope: 'projects:read profile:read' })
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 86400, scope: 'projects:read profile:read' })
    expect(body.access_token).toMatch(/^pln_[\w-]+$/)
    expect(body.refresh_token).toMatch(/^pln_refresh_[\w-]+$/)
  })

  it('replace each other on refresh: the old refresh token is refused afterwards', async () => {
    const first = await connect(plane, PATHS)
    const refresh = () =>
      postForm(`${plane.baseUrl}${PATHS.token}`, {
        grant_type: 'refresh_token',
        refresh_token: String(first.refresh_token),
        ...credentials(plane),
      })
    const second = await refresh()
    expect(second.status).toBe(200)
    expect(second.body.refresh_token).not.toBe(first.refresh_token)
    expect((await api('/api/v1/users/me/', first.access_token)).status).toBe(401)
    expect((await refresh()).body).toEqual({ error: 'invalid_grant' })
    expect((await api('/api/v1/users/me/', second.body.access_token)).status).toBe(200)
  })

  it.each(['form', 'JSON'])('are revoked by a %s', async (kind) => {
    const tokens = await connect(plane, PATHS)
    const fields = { token: String(tokens.refresh_token), ...credentials(plane) }
    const body = kind === 'JSON' ? JSON.stringify(fields) : new URLSearchParams(fields)
    const headers: Record<string, string> = kind === 'JSON' ? { 'content-type': 'application/json' } : {}
    const answer = await fetch(`${plane.baseUrl}/auth/o/revoke-token/`, { method: 'POST', body, headers })
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe('')
    expect((await api('/api/v1/users/me/', tokens.access_token)).status).toBe(401)
  })

  it('are not revoked by another client', async () => {
    const tokens = await connect(plane, PATHS)
    await postForm(`${plane.baseUrl}/auth/o/revoke-token/`, {
      token: String(tokens.access_token),
      ...credentials(plane, 1),
    })
    expect((await api('/api/v1/users/me/', tokens.access_token)).status).toBe(200)
  })

  it('are refused when the client authenticates wrongly, with a challenge', async () => {
    const { status, headers, body } = await postForm(`${plane.baseUrl}/auth/o/revoke-token/`, {
      token: 'any',
      ...credentials(plane),
      client_secret: 'not-the-secret',
    })
    expect([status, body.error]).toEqual([401, 'invalid_client'])
    expect(headers.get('www-authenticate')).toContain('invalid_client')
  })
})

describe('installations of practice Plane', () => {
  const list = async (token: unknown, id?: string | null) => {
    const { body } = await api(`/auth/o/app-installation/${id ? `?id=${id}` : ''}`, token)
    return body as unknown as { id: string; app_bot: string; workspace_detail: { slug: string; name: string } }[]
  }

  it('are two for who is in two workspaces, and the redirect names one of them', async () => {
    const { access_token } = await connect(plane, PATHS, { account: 'alice' })
    const { redirect } = await visit(authorizationUrl(plane, PATHS.authorization), { account: 'alice' })
    const all = await list(access_token)
    expect(all.map(({ workspace_detail }) => workspace_detail.slug).sort()).toEqual(['practice-one', 'practice-two'])
    const [named] = await list(access_token, redirect?.searchParams.get('app_installation_id'))
    expect(named?.workspace_detail).toMatchObject({ slug: 'practice-two', name: 'Practice Two' })
    expect(await list((await connect(plane, PATHS, { account: 'ada' })).access_token)).toHaveLength(1)
  })

  it('lead a bot into their one workspace, under the application’s name', async () => {
    const { redirect } = await visit(authorizationUrl(plane, PATHS.authorization), { account: 'alice' })
    const { client_id, client_secret } = credentials(plane)
    const id = redirect?.searchParams.get('app_installation_id') ?? ''
    const bot = await postForm(
      `${plane.baseUrl}${PATHS.token}`,
      { grant_type: 'client_credentials', app_installation_id: id },
      { authorization: `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}` },
    )
    const { access_token } = bot.body
    const me = (await api('/api/v2/users/me/', access_token)).body
    expect(me).toMatchObject({ principal_kind: 'bot', display_name: 'Practice app bot' })
    const all = await list(access_token)
    expect(all).toMatchObject([{ id, status: 'installed', app_bot: me.id, workspace_detail: { slug: 'practice-two' } }])
    expect((await api('/api/v1/workspaces/practice-two/projects/', access_token)).status).toBe(200)
    expect((await api('/api/v1/workspaces/practice-one/projects/', access_token)).status).toBe(403)
  })
})

describe('the authorization endpoint of practice Plane', () => {
  it('brings an installation beside the code', async () => {
    const { redirect } = await visit(authorizationUrl(plane, PATHS.authorization))
    expect(redirect?.searchParams.get('app_installation_id')).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('refuses a scope it does not know by redirect', async () => {
    const { redirect } = await visit(authorizationUrl(plane, PATHS.authorization, { scope: 'read everything' }))
    expect(redirect?.searchParams.get('error')).toBe('invalid_scope')
    expect(redirect?.searchParams.get('state')).toBe('state-of-this-test')
  })

  it('knows no path without its slash', async () => {
    for (const path of ['/auth/o/authorize-app', '/api/v1/users/me']) {
      const answer = await fetch(plane.baseUrl + path)
      expect([path, answer.status]).toEqual([path, 404])
      expect(answer.headers.get('content-type')).toContain('text/html')
    }
    expect((await fetch(`${plane.baseUrl}/auth/o/token`, { method: 'POST' })).status).toBe(404)
  })
})

describe('the API of practice Plane', () => {
  it('refuses in the words of each generation', async () => {
    const v1 = await api('/api/v1/users/me/', 'pln_made_up')
    expect([v1.status, Object.keys(v1.body)]).toEqual([401, ['detail']])
    const v2 = await api('/api/v2/users/me/', 'pln_made_up')
    expect([v2.status, v2.body.code]).toEqual([401, 'unauthorized'])
    expect(v2.headers.get('content-type')).toBe('application/problem+json')
  })

  it('lets a token do what its scopes cover and no more', async () => {
    const { access_token } = await connect(plane, PATHS, { scope: 'projects:read' })
    expect((await api('/api/v1/workspaces/practice-one/projects/', access_token)).status).toBe(200)
    expect((await api('/api/v1/workspaces/practice-one/members/', access_token)).status).toBe(403)
    expect((await api('/api/v2/users/me/', access_token)).body.code).toBe('forbidden')
    expect((await api('/api/v1/users/me/', access_token)).status).toBe(200)
  })

  it('reports the granted scopes', async () => {
    const { access_token } = await connect(plane, PATHS, { scope: 'read' })
    const { body } = await api('/api/v2/users/me/', access_token)
    expect(body).toMatchObject({
      display_name: 'ada',
      email: 'ada@practice.example',
      principal_kind: 'user',
      scopes: ['read'],
    })
  })

  it('creates a work item that the list then holds', async () => {
    const { access_token } = await connect(plane, PATHS)
    const path = `/api/v1/workspaces/practice-one/projects/${await firstProject(access_token)}/issues/`
    const created = await fetch(plane.baseUrl + path, {
      method: 'POST',
      headers: { ...bearer(access_token), 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Count the stars', description_html: '<p>All of them</p>' }),
    })
    expect(created.status).toBe(201)
    const { body } = await api(path, access_token)
    expect((body.results as { name: string }[]).map(({ name }) => name)).toContain('Count the stars')
  })

  it('keeps the workspace of another account closed', async () => {
    const { access_token } = await connect(plane, PATHS, { account: 'ada' })
    expect((await api('/api/v1/workspaces/practice-two/projects/', access_token)).status).toBe(403)
  })

  it('counts requests down to a refusal, for each token by itself', async () => {
    const { access_token } = await connect(plane, PATHS)
    const first = await api('/api/v1/users/me/', access_token)
    expect(Number(first.headers.get('x-ratelimit-reset'))).toBeGreaterThan(Date.now() / 1000)
    const answers = await Promise.all(Array.from({ length: 125 }, () => api('/api/v1/users/me/', access_token)))
    const refused = answers.find(({ status }) => status === 429)
    expect(refused?.body).toEqual({ error_code: 5900, error_message: 'RATE_LIMIT_EXCEEDED' })
    expect(refused?.headers.get('x-ratelimit-remaining')).toBe('0')
    const other = await connect(plane, PATHS)
    expect((await api('/api/v1/users/me/', other.access_token)).status).toBe(200)
  })

  it('takes API keys with their owner’s full power, and says 403 to a bad one', async () => {
    const key = (value: string) => getJson(`${plane.baseUrl}/api/v1/users/me/`, { 'x-api-key': value })
    expect((await key(plane.apiKeys?.[1]?.value ?? '')).body.display_name).toBe('alice')
    expect((await key('plane_api_made_up')).status).toBe(403)
  })
})
