// What has to hold at every authorization server that others wrote, at the application's door: connect, identify, token,
// refresh, revoke, deny. What is peculiar to one server stands in that server's own file. After each test everything
// that was recorded, said, logged or stored is searched for the bytes of every secret that went over the wire.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clientAuthenticationWords } from '../../contract/client-authentication-words.ts'
import { eventTitle } from '../../contract/flow/words.ts'
import { type ForeignClient, type InteropApp, type InteropService, openInteropApp } from '../support/interop-app.ts'
import { type Visitor, WebSession } from '../support/web-session.ts'

export interface Registration extends ForeignClient {
  /** Whether the server takes this client authentication of this client. */
  taken: boolean
}

export interface ForeignFacts {
  grantdesk: () => InteropApp
  clients: Registration[]
  /** Used for all but the client authentication itself. */
  client: ForeignClient
  account: string
  api: { path: string; deadStatus: number; revocation: string }
  /** The server's words when the person says no. */
  denied: string | null
}

/** A fresh application for each test; every test is skipped, by this name, where there is no server. */
export function interopApp(
  service: () => InteropService | null,
  options: { missing: string; prepare?: (open: InteropApp) => Promise<unknown> },
): () => InteropApp {
  let open: InteropApp | null = null

  beforeEach(async (context) => {
    const at = service()
    if (!at) return context.skip(options.missing)
    open = await openInteropApp(at)
    await options.prepare?.(open)
  })

  afterEach(async () => {
    const ending = open
    open = null
    if (!ending) return
    const leaks = await ending.leaks()
    await ending.grantdesk.close()
    expect(leaks).toEqual([])
  })

  return () => {
    if (!open) throw new Error('No application is open')
    return open
  }
}

/** The access token against the API itself, past the application. */
export async function apiStatus(url: string, accessToken: string): Promise<number> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } })
  await response.arrayBuffer()
  return response.status
}

/** An attempt that the server keeps to itself: its page is shown, nothing comes back, and it can be cancelled. */
export async function expectNothingComesBack(
  at: InteropApp,
  client: ForeignClient,
  choice: { scopes?: string[]; person?: Visitor } = {},
): Promise<{ status: number; page: string }> {
  const { attempt, end } = await at.visit(client, choice)
  expect(end.redirect).toBeNull()
  expect(at.grantdesk.attempt(attempt.id).state).toBe('awaiting_redirect')
  await at.grantdesk.call('connect.cancel', { id: attempt.id })
  expect(await at.grantdesk.settled(attempt.id)).toMatchObject({ state: 'failed', failure: { kind: 'cancelled' } })
  return end
}

export function describeInterop({ grantdesk, clients, client, account, api, denied }: ForeignFacts): void {
  const takes = (wanted: boolean) =>
    clients.filter(({ taken }) => taken === wanted).map((one): [string, Registration] => [nameOf(one), one])

  describe('connecting', () => {
    it.each(takes(true))('succeeds with %s', async (_, registration) => {
      const connection = await grantdesk().connected(registration)
      expect(connection.status).toEqual({ kind: 'good' })
      expect(connection.account?.name).toBe(account)
      expect(connection.name).toContain(account)
      expect(connection.refreshable).toBe(true)
      expect(connection.expiresAt).toBeGreaterThan(connection.obtainedAt)
    })

    it.each(takes(false))('is refused with %s, and the remedy names client authentication', async (_, registration) => {
      const attempt = await grantdesk().connect(registration)
      expect(attempt).toMatchObject({
        state: 'failed',
        failure: { kind: 'refused', by: 'token_endpoint', error: 'invalid_client' },
      })
      if (attempt.state !== 'failed') return
      expect(attempt.failure.message).toContain('invalid_client')
      const { [registration.clientAuthentication]: words } = clientAuthenticationWords
      expect(attempt.failure.remedy).toContain(`client authentication method (now: ${words})`)
      expect((await grantdesk().grantdesk.call('app.snapshot', {})).connections).toEqual([])
    })

    it('is refused with a wrong secret', async () => {
      const attempt = await grantdesk().connect({ ...client, clientSecret: `${client.clientSecret}x` })
      expect(attempt).toMatchObject({ failure: { kind: 'refused', by: 'token_endpoint', error: 'invalid_client' } })
    })

    it('ends with the server’s words when the person says no on the consent page', async () => {
      // In a Chromium, and somebody who has never said yes: a server may not ask again what was allowed before.
      const person = new WebSession({ name: 'ada', password: 'ada-pw' })
      expect(await grantdesk().connect(client, { decision: 'deny', person })).toMatchObject({
        state: 'failed',
        failure: {
          kind: 'refused',
          by: 'authorization_endpoint',
          error: 'access_denied',
          errorDescription: denied,
          remedy: expect.stringContaining('allow'),
        },
      })
    })

    it('is recorded step by step, with a pseudonym in the place of each secret', async () => {
      const { id } = await grantdesk().connected(client)
      const [flow] = await grantdesk().flows(id)
      expect(flow?.outcome).toBe('succeeded')
      expect(flow?.events.map(eventTitle)).toEqual(
        expect.arrayContaining(['Authorization request', 'Exchange the code for tokens', 'Who am I?']),
      )
      const text = JSON.stringify(flow)
      for (const name of ['access_token', 'refresh_token', 'code', 'code_verifier', 'state']) {
        expect(text).toMatch(new RegExp(`<${name}:\\w+>`))
      }
    })
  })

  describe('a connection', () => {
    it('hands out a token that opens the API, and identifies again', async () => {
      const { id, baseUrl } = await grantdesk().connected(client)
      expect(await apiStatus(baseUrl + api.path, await grantdesk().token(id))).toBe(200)
      expect((await grantdesk().grantdesk.call('connections.identify', { id })).account?.name).toBe(account)
      expect(grantdesk().wire.refreshes()).toEqual([])
    })

    it('refreshes first where the token that is asked for ends within a minute', async () => {
      const { id, baseUrl, expiresAt } = await grantdesk().connected(client)
      const before = await grantdesk().token(id)
      grantdesk().grantdesk.ports.time.now = (expiresAt ?? 0) - 30_000
      const after = await grantdesk().token(id)
      expect(after).not.toBe(before)
      expect(grantdesk().wire.refreshes()).toHaveLength(1)
      expect(await apiStatus(baseUrl + api.path, after)).toBe(200)
    })

    it('is refreshed by one request for ten who ask at once, and both tokens are new', async () => {
      const { id, baseUrl } = await grantdesk().connected(client)
      const before = await grantdesk().held(id)
      const views = await Promise.all(
        Array.from({ length: 10 }, () => grantdesk().grantdesk.call('connections.refresh', { id })),
      )
      expect(grantdesk().wire.refreshes()).toHaveLength(1)
      expect(views.every(({ status }) => status.kind === 'good')).toBe(true)
      const after = await grantdesk().held(id)
      expect(after.access).not.toBe(before.access)
      expect(after.refresh).not.toBe(before.refresh)
      expect(await apiStatus(baseUrl + api.path, after.access)).toBe(200)
    })

    it('is refreshed again and again, each time with the refresh token of the time before', async () => {
      const { id } = await grantdesk().connected(client)
      for (let time = 0; time < 3; time++) await grantdesk().grantdesk.call('connections.refresh', { id })
      expect(
        grantdesk()
          .wire.refreshes()
          .map(({ status }) => status),
      ).toEqual([200, 200, 200])
      expect((await grantdesk().view(id)).status).toEqual({ kind: 'good' })
    })

    it('is revoked, the refresh token first, and the API says so', async () => {
      const { id, baseUrl } = await grantdesk().connected(client)
      const held = await grantdesk().held(id)
      expect(await grantdesk().grantdesk.call('connections.revoke', { id })).toMatchObject({ outcome: 'revoked' })
      expect((await grantdesk().view(id)).status.kind).toBe('revoked')
      expect(await apiStatus(baseUrl + api.path, held.access)).toBe(api.deadStatus)
      const flow = (await grantdesk().flows(id)).find(({ kind }) => kind === 'revoke')
      const titles = flow?.events.filter(({ kind }) => kind === 'exchange').map(eventTitle)
      expect(titles?.filter((title) => !title.startsWith('Introspect')).slice(0, 3)).toEqual([
        'Revoke the refresh token',
        'Revoke the access token',
        'Does the access token still work?',
      ])
    })

    it('keeps its tokens and shows the server’s words when it is refreshed after a revocation elsewhere', async () => {
      const { id, baseUrl } = await grantdesk().connected(client)
      const held = await grantdesk().held(id)
      const body = new URLSearchParams({
        token: held.refresh ?? '',
        client_id: client.clientId,
        client_secret: client.clientSecret ?? '',
      })
      expect((await fetch(baseUrl + api.revocation, { method: 'POST', body })).status).toBe(200)
      const failure = await grantdesk().refusal(grantdesk().grantdesk.call('connections.refresh', { id }))
      expect(failure).toMatchObject({ kind: 'refused', by: 'token_endpoint', status: 400, error: 'invalid_grant' })
      expect(failure.message).toContain('invalid_grant')
      expect((await grantdesk().view(id)).status).toMatchObject({ kind: 'needs_attention', failure })
      expect(await grantdesk().held(id)).toEqual(held)
    })
  })
}

function nameOf({ clientId, clientSecret, clientAuthentication }: ForeignClient): string {
  return `${clientAuthentication} and the secret ${clientSecret} of ${clientId}`
}

/** The clients `own-…` of a server: each has a redirect URI that is not of Grantdesk's making. */
export function describeOwnRedirects(
  grantdesk: () => InteropApp,
  { client, port }: { client: ForeignClient; port: () => number },
): void {
  const exact = (clientId: string, uri: string): ForeignClient => ({
    ...client,
    clientId,
    redirect: { mode: 'exact', uri },
  })

  it.each([
    ['own-localhost', (at: number) => `http://localhost:${at}/oauth/callback`],
    ['own-ipv6', (at: number) => `http://[::1]:${at}/cb`],
  ])('comes back to the redirect URI that was registered: %s', async (clientId, uriAt) => {
    const uri = uriAt(port())
    const { attempt, end } = await grantdesk().visit(exact(clientId, uri))
    expect(
      new URL('authorizationUrl' in attempt ? attempt.authorizationUrl : '').searchParams.get('redirect_uri'),
    ).toBe(uri)
    expect(end.redirect?.href, end.words).toContain(`${uri}?`)
    expect(await grantdesk().grantdesk.settled(attempt.id)).toMatchObject({ state: 'done' })
  })

  it('ends at a public address that was registered, and its address is pasted back', async () => {
    const uri = 'https://myapp.example/auth/plannr/callback'
    const { attempt, end } = await grantdesk().visit(exact('own-web', uri))
    expect(attempt).toMatchObject({ state: 'awaiting_code', redirectUri: uri })
    expect(end.redirect?.href, end.words).toContain(`${uri}?`)
    await grantdesk().grantdesk.call('connect.answer', { id: attempt.id, text: end.redirect?.href ?? '' })
    expect(await grantdesk().grantdesk.settled(attempt.id)).toMatchObject({ state: 'done' })
  })
}
