// What all five practice services have in common, each over real sockets from the authorization URL to the API.
import { createHash, randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Practice, type PracticeService, startPractice } from '../../practice/index.ts'
import * as browser from './practice-browser.ts'

interface Case {
  id: PracticeService['id']
  authorization: string
  token: string
  members: string[]
  refused: { status: number; error: string }
  requests: string[]
  scope?: string
}

const CASES: Case[] = [
  {
    id: 'plane',
    authorization: '/auth/o/authorize-app/',
    token: '/auth/o/token/',
    members: ['access_token', 'refresh_token', 'token_type', 'expires_in', 'scope'],
    refused: { status: 401, error: 'invalid_client' },
    requests: [
      '/api/v2/users/me/',
      '/api/v1/users/me/',
      '/auth/o/app-installation/',
      '/api/v1/workspaces/practice-one/projects/',
      '/api/v1/workspaces/practice-one/members/',
    ],
  },
  {
    id: 'planio',
    authorization: '/oauth/authorize',
    token: '/oauth/token',
    members: ['access_token', 'token_type', 'expires_in', 'refresh_token', 'scope', 'created_at'],
    refused: { status: 401, error: 'invalid_client' },
    scope: 'view_project view_issues view_time_entries',
    requests: [
      '/users/current.json',
      '/oauth/token/info',
      '/projects.json?limit=5',
      '/issues.json?assigned_to_id=me&limit=5',
      '/time_entries.json?limit=5',
    ],
  },
  {
    id: 'plannr',
    authorization: '/oauth/authorize',
    token: '/oauth/token',
    members: ['token_type', 'expires_in', 'access_token', 'refresh_token'],
    refused: { status: 401, error: 'invalid_client' },
    scope: '*',
    requests: ['/api/v1/logins', '/api/v1/me'],
  },
  {
    id: 'agile-planner',
    authorization: '/oauth/authorize',
    token: '/oauth/token',
    members: ['access_token'],
    refused: { status: 401, error: 'invalid_client' },
    requests: ['/api/me', '/api/boards'],
  },
  {
    id: 'birdview',
    authorization: '/OAuth2/Authorize',
    token: '/OAuth2/Token',
    members: ['access_token', 'token_type', 'expires_in', 'refresh_token'],
    refused: { status: 400, error: 'invalid_client' },
    requests: [
      '/api/v1/users/current',
      '/api/v1/account',
      '/api/v1/projects?take=5&skip=0',
      '/api/v1/tasks/my?take=5',
      '/api/v1/users',
    ],
  },
]

let practice: Practice
beforeAll(async () => {
  practice = await startPractice()
})
afterAll(() => practice.close())

describe.each(CASES)('practice $id', (at) => {
  const service = (): PracticeService => {
    const found = practice.services.find(({ id }) => id === at.id)
    if (!found) throw new Error(`There is no practice ${at.id}`)
    return found
  }
  const allow = async (parameters: Record<string, string> = {}): Promise<string> => {
    const url = browser.authorizationUrl(service(), at.authorization, { scope: at.scope, ...parameters })
    return (await browser.visit(url)).redirect?.searchParams.get('code') ?? ''
  }
  const exchange = (code: string, changes: Record<string, string> = {}) =>
    browser.postForm(`${service().baseUrl}${at.token}`, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: browser.REDIRECT_URI,
      ...browser.credentials(service()),
      ...changes,
    })

  it('turns a code into tokens of the documented shape, which open the API', async () => {
    const { status, body } = await exchange(await allow())
    expect(status).toBe(200)
    expect(Object.keys(body).sort()).toEqual([...at.members].sort())
    for (const path of at.requests) {
      const answer = await browser.getJson(`${service().baseUrl}${path}`, browser.bearer(body.access_token))
      expect([path, answer.status]).toEqual([path, 200])
      expect(answer.text.length).toBeGreaterThan(2)
    }
  })

  it('redirects with the code and the state, without an issuer', async () => {
    const { redirect } = await browser.visit(browser.authorizationUrl(service(), at.authorization, { scope: at.scope }))
    expect(redirect?.origin + (redirect?.pathname ?? '')).toBe(browser.REDIRECT_URI)
    expect(redirect?.searchParams.get('state')).toBe('state-of-this-test')
    expect([...(redirect?.searchParams.keys() ?? [])].filter((name) => name !== 'app_installation_id')).toEqual([
      'code',
      'state',
    ])
  })

  it('brings the refusal of the person back with the state', async () => {
    const url = browser.authorizationUrl(service(), at.authorization, { scope: at.scope })
    const { redirect } = await browser.visit(url, { decision: 'deny' })
    expect(redirect?.searchParams.get('error')).toBe('access_denied')
    expect(redirect?.searchParams.get('error_description')).toMatch(/denied/)
    expect(redirect?.searchParams.get('state')).toBe('state-of-this-test')
    expect(redirect?.searchParams.has('code')).toBe(false)
  })

  it('asks again at every visit, and knows the account that was chosen', async () => {
    const people = new Set<string>()
    for (const account of ['ada', 'alice']) {
      const body = await browser.connect(service(), at, { account, scope: at.scope })
      const me = await browser.getJson(
        service().baseUrl + (at.requests.find((path) => /me\/?$|current/.test(path)) ?? ''),
        browser.bearer(body.access_token),
      )
      people.add(me.text)
    }
    expect(people.size).toBe(2)
  })

  it('refuses a wrong client secret', async () => {
    const { status, body } = await exchange(await allow(), { client_secret: 'not-the-secret' })
    expect({ status, error: body.error }).toEqual(at.refused)
  })

  it('shows its own page for a redirect URI that is not registered, and redirects nowhere', async () => {
    const url = browser.authorizationUrl(service(), at.authorization, {
      redirect_uri: 'http://127.0.0.1:49811/elsewhere',
    })
    const outcome = await browser.visit(url)
    expect(outcome.redirect).toBeNull()
    expect(outcome.status).toBe(400)
    expect(outcome.page).toContain('redirect_uri')
  })

  it('refuses a code verifier that does not fit its challenge, and accepts the one that does', async () => {
    const verifier = randomBytes(32).toString('base64url')
    const code_challenge = createHash('sha256').update(verifier).digest('base64url')
    const code = await allow({ code_challenge, code_challenge_method: 'S256' })
    const wrong = await exchange(code, { code_verifier: randomBytes(32).toString('base64url') })
    expect([wrong.status, wrong.body.error]).toEqual([400, 'invalid_grant'])
    expect((await exchange(code, { code_verifier: verifier })).status).toBe(200)
  })

  it('refuses a code that was used, or that came by another redirect URI', async () => {
    const code = await allow()
    expect((await exchange(code, { redirect_uri: 'http://127.0.0.1:49812/callback' })).body.error).toBe('invalid_grant')
    expect((await exchange(code)).status).toBe(200)
    expect((await exchange(code)).body.error).toBe('invalid_grant')
  })

  it('accepts the fixed redirect port too', async () => {
    const url = browser.authorizationUrl(service(), at.authorization, {
      redirect_uri: 'http://127.0.0.1:53682/callback',
    })
    expect((await browser.visit(url)).redirect?.host).toBe('127.0.0.1:53682')
  })

  it('refreshes when it gave a refresh token', async () => {
    const { refresh_token } = (await exchange(await allow())).body
    if (!at.members.includes('refresh_token')) return expect(refresh_token).toBeUndefined()
    const refreshed = await browser.postForm(`${service().baseUrl}${at.token}`, {
      grant_type: 'refresh_token',
      refresh_token: String(refresh_token),
      ...browser.credentials(service()),
    })
    expect(refreshed.status).toBe(200)
    const answer = await browser.getJson(
      `${service().baseUrl}${at.requests[0]}`,
      browser.bearer(refreshed.body.access_token),
    )
    expect(answer.status).toBe(200)
  })

  it('shows a page that needs no script and lets the form lead back to the client alone', async () => {
    const opened = await browser.openPage(browser.authorizationUrl(service(), at.authorization, { scope: at.scope }))
    const policy = opened.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("form-action 'self' http://127.0.0.1:49811;")
    expect(opened.page).not.toMatch(/<script|https?:\/\/(?!127\.0\.0\.1)/)
    expect(opened.page).toContain('Practice service on this machine')
    expect(opened.headers.get('set-cookie')).toBeNull()
  })
})

describe('a practice', () => {
  it('runs beside another one, closes, and frees its ports', async () => {
    const second = await startPractice()
    const port = Number(new URL(second.services[0]?.baseUrl ?? '').port)
    await second.close()
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow()
    expect((await fetch(practice.services[0]?.baseUrl ?? '')).status).toBe(200)
  })

  it('starts all five or none when a port is taken', async () => {
    const taken = Number(new URL(practice.services[2]?.baseUrl ?? '').port)
    await expect(startPractice({ port: taken })).rejects.toThrow(/EADDRINUSE/)
  })

  it('lets tokens live as short as it is told', async () => {
    const short = await startPractice({ lifetimes: { accessToken: 2 } })
    const plane = short.services[0]
    if (!plane) throw new Error('There is no practice Plane')
    const body = await browser.connect(plane, { authorization: '/auth/o/authorize-app/', token: '/auth/o/token/' })
    expect(body.expires_in).toBe(2)
    const me = () => browser.getJson(`${plane.baseUrl}/api/v1/users/me/`, browser.bearer(body.access_token))
    expect((await me()).status).toBe(200)
    await expect.poll(async () => (await me()).status, { interval: 200 }).toBe(401)
    await short.close()
  })

  it('answers a bare word about it instead of a page to who posts nonsense', async () => {
    const planio = practice.services[1]
    const answer = await browser.postForm(`${planio?.baseUrl}/oauth/token`, { grant_type: 'made_up' })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.body.error).toBeTypeOf('string')
  })
})
