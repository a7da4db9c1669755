// The wire against a real, strict authorization server: listener, requests, answers and the flow's record together.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventOutcome } from '../../contract/flow/words.ts'
import type { ClientAuthentication } from '../../contract/service.ts'
import type { Recording } from '../../core/flows/recording.ts'
import { authorizationUrl, prepareAuthorization } from '../../core/oauth/authorization-request.ts'
import { readRedirectAnswer } from '../../core/oauth/redirect-answer.ts'
import { openRedirectListener } from '../../core/oauth/redirect-listener.ts'
import { revokeToken } from '../../core/oauth/revocation.ts'
import type { TokenAnswer } from '../../core/oauth/token-answer.ts'
import {
  exchangeCode,
  refreshTokens,
  requestClientCredentials,
  type TokenEndpoint,
} from '../../core/oauth/token-endpoint.ts'
import { Problem } from '../../core/problem.ts'
import { Secret } from '../../core/secret.ts'
import { flowFixture } from '../unit/core/flows/flow-fixture.ts'
import { browse, oddSecret, type StrictServer, startStrictServer } from './strict-server.ts'

let server: StrictServer
beforeAll(async () => {
  server = await startStrictServer()
})
afterAll(() => server.close())

function client(clientId: string, clientSecret: string | null, authentication: ClientAuthentication) {
  const recording = flowFixture().log.start({ kind: 'connect', about: {}, serviceId: 'strict' })
  const at: TokenEndpoint = {
    issuer: server.issuer,
    tokenEndpoint: `${server.issuer}/token`,
    revocationEndpoint: `${server.issuer}/token/revocation`,
    client: {
      clientId,
      clientSecret: clientSecret === null ? null : new Secret(clientSecret),
      authentication,
      allowed: ['body', 'basic'],
    },
    fetch: recording.exchange({ purpose: { kind: 'device_authorization' }, to: 'authorization_server' }).fetch,
    check: recording.check,
    now: Date.now,
  }
  return { at, recording }
}

async function connect(at: TokenEndpoint, recording: Recording, decision?: 'abort'): Promise<TokenAnswer> {
  const { state, binding } = await prepareAuthorization('S256')
  const codeVerifier = binding?.codeVerifier ?? null
  const listener = await openRedirectListener({
    place: { hostname: '127.0.0.1', port: null, path: '/callback' },
    state,
    issuer: server.issuer,
    closesAfterMs: 20_000,
    onEvent: (event) => recording.add(event),
  })
  const redirectUri = `http://127.0.0.1:${listener.port}/callback`
  try {
    const url = authorizationUrl({
      endpoint: `${server.issuer}/auth`,
      clientId: at.client.clientId,
      redirectUri,
      scopes: ['openid', 'offline_access', 'read'],
      separator: ' ',
      parameters: { prompt: 'consent' },
      resources: [],
      state,
      binding,
    })
    const redirect = await browse(url, decision)
    await fetch(redirect)
    const received = { parameters: await listener.answer, via: 'listener' as const, filledIn: [] }
    const expected = { state, issuer: server.issuer, redirectUri }
    const { code } = readRedirectAnswer(received, expected, recording.check)
    return await exchangeCode(at, {
      code,
      codeVerifier,
      redirectUri,
      parameters: {},
      resources: [],
    })
  } finally {
    await listener.close()
  }
}

async function failureOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => null,
    (reason) => reason,
  )
  if (!(error instanceof Problem)) throw new Error(`no Problem but ${error}`)
  return error.failure
}

const apiStatus = async (token: Secret) =>
  (await fetch(`${server.issuer}/me`, { headers: { authorization: `Bearer ${token.reveal()}` } })).status

describe('a public client', () => {
  it('connects with a code and PKCE, and the flow holds every step and no secret', async () => {
    const { at, recording } = client('native', null, 'none')
    const answer = await connect(at, recording)
    expect(answer).toMatchObject({ tokenType: 'Bearer', expiresIn: 3600, scopes: ['openid', 'offline_access', 'read'] })
    expect(await apiStatus(answer.accessToken)).toBe(200)
    const flow = recording.flow()
    const [redirect, exchange] = flow.events.filter(({ kind }) => kind !== 'check')
    if (redirect?.kind !== 'redirect' || exchange?.kind !== 'exchange') throw new Error('not recorded')
    expect([eventOutcome(redirect), eventOutcome(exchange)]).toEqual(['succeeded', 'succeeded'])
    const checks = flow.events.flatMap((event) => (event.kind === 'check' ? [`${event.which} ${event.result}`] : []))
    expect(checks).toEqual([
      ...['redirect_uri passed', 'parameters passed', 'state passed', 'iss passed', 'code passed'],
      ...['token_type passed', 'expires_in passed', 'refresh_token passed', 'id_token skipped'],
    ])
    const kept = JSON.stringify(flow)
    for (const secret of [answer.accessToken, answer.refreshToken]) expect(kept).not.toContain(secret?.reveal())
    const code = /code=(<code:\w+>)/.exec(redirect.request?.url ?? '')?.[1] ?? 'none'
    expect(exchange.request.body).toContain(`code=${code}`)
    expect(kept).toMatch(/id_token\\":\\"<id_token:\w{8}>/)
  })

  it('is told the server’s words when the person says no', async () => {
    const { at, recording } = client('native', null, 'none')
    const failure = await failureOf(connect(at, recording, 'abort'))
    expect(failure).toMatchObject({ kind: 'refused', by: 'authorization_endpoint', error: 'access_denied' })
    expect(failure.message).toContain('End-User aborted interaction')
  })

  it('refreshes with rotation; using the old refresh token again is refused and ends the family', async () => {
    const { at, recording } = client('native', null, 'none')
    const first = await connect(at, recording)
    if (!first.refreshToken) throw new Error('no refresh token')
    const second = await refreshTokens(at, { refreshToken: first.refreshToken, parameters: {}, resources: [] })
    if (!second.refreshToken) throw new Error('no refresh token')
    expect(second.refreshToken.reveal()).not.toBe(first.refreshToken.reveal())
    expect(await apiStatus(second.accessToken)).toBe(200)
    const again = await failureOf(
      refreshTokens(at, { refreshToken: first.refreshToken, parameters: {}, resources: [] }),
    )
    expect(again).toMatchObject({ kind: 'refused', by: 'token_endpoint', status: 400, error: 'invalid_grant' })
    const after = await failureOf(
      refreshTokens(at, { refreshToken: second.refreshToken, parameters: {}, resources: [] }),
    )
    expect(after).toMatchObject({ kind: 'refused', error: 'invalid_grant' })
    expect(JSON.stringify(recording.flow())).not.toContain(second.refreshToken.reveal())
  })

  it('cannot use a code twice', async () => {
    const { at, recording } = client('native', null, 'none')
    let replay: Promise<TokenAnswer> | undefined
    const spying: TokenEndpoint = {
      ...at,
      fetch: async (input, init) => {
        const response = await at.fetch(input, init)
        replay = exchangeAgain(at, new URLSearchParams(String(init?.body)))
        replay.catch(() => {})
        return response
      },
    }
    await connect(spying, recording)
    expect(await failureOf(replay ?? Promise.resolve())).toMatchObject({ kind: 'refused', error: 'invalid_grant' })
  })

  it('revokes the refresh token, and the API then says no', async () => {
    const { at, recording } = client('native', null, 'none')
    const answer = await connect(at, recording)
    if (!answer.refreshToken) throw new Error('no refresh token')
    await revokeToken(at, { token: answer.refreshToken, hint: 'refresh_token', encoding: 'form' })
    await revokeToken(at, { token: answer.accessToken, hint: 'access_token', encoding: 'form' })
    expect(await apiStatus(answer.accessToken)).toBe(401)
    const failure = await failureOf(
      refreshTokens(at, { refreshToken: answer.refreshToken, parameters: {}, resources: [] }),
    )
    expect(failure).toMatchObject({ kind: 'refused', error: 'invalid_grant' })
    await revokeToken(at, { token: new Secret('never-known-here'), hint: 'access_token', encoding: 'form' })
  })
})

function exchangeAgain(at: TokenEndpoint, form: URLSearchParams): Promise<TokenAnswer> {
  return exchangeCode(at, {
    code: new Secret(form.get('code') ?? ''),
    codeVerifier: new Secret(form.get('code_verifier') ?? ''),
    redirectUri: form.get('redirect_uri') ?? '',
    parameters: {},
    resources: [],
  })
}

describe('a confidential client whose secret is odd', () => {
  it('connects with Basic, and its secret is nowhere in the flow', async () => {
    const { at, recording } = client('odd-web', oddSecret, 'basic')
    const answer = await connect(at, recording)
    expect(await apiStatus(answer.accessToken)).toBe(200)
    const exchange = recording.flow().events.findLast((event) => event.kind === 'exchange')
    expect(new Map(exchange?.request.headers).get('authorization')).toMatch(/^Basic <odd-web:<client_secret:\w{8}>>$/)
  })

  it.each<[string, ClientAuthentication, 'accepted' | 'refused']>([
    ['odd', 'basic', 'accepted'],
    ['odd', 'body', 'accepted'],
    ['odd', 'basic-raw', 'refused'],
    ['odd-post', 'body', 'accepted'],
  ])('%s with %s is %s', async (clientId, authentication, outcome) => {
    const { at, recording } = client(clientId, oddSecret, authentication)
    const asked = requestClientCredentials(at, { scopes: ['read'], parameters: {}, resources: [] })
    if (outcome === 'accepted') {
      expect(await asked).toMatchObject({ refreshToken: null, expiresIn: 600, scopes: ['read'] })
    } else {
      const failure = await failureOf(asked)
      expect(failure).toMatchObject({ kind: 'refused', by: 'token_endpoint' })
      expect(failure.remedy).toContain('another client authentication method (now: HTTP Basic, not form-encoded)')
    }
    expect(JSON.stringify(recording.flow())).not.toContain(oddSecret)
  })

  it('wrong by one character is refused with a remedy', async () => {
    const { at } = client('odd', `${oddSecret}x`, 'body')
    const failure = await failureOf(requestClientCredentials(at, { scopes: [], parameters: {}, resources: [] }))
    expect(failure).toMatchObject({ kind: 'refused', status: 401, error: 'invalid_client' })
    expect(failure.remedy).toContain('Check the client id and the client secret')
  })
})
