import { describe, expect, it } from 'vitest'
import type { Failure } from '../../../../contract/failure.ts'
import type { RefusalReason } from '../../../../contract/refusal-reason.ts'
import { requestDeviceAuthorization } from '../../../../core/oauth/device-authorization.ts'
import { readRedirectAnswer } from '../../../../core/oauth/redirect-answer.ts'
import { revokeToken } from '../../../../core/oauth/revocation.ts'
import {
  exchangeCode,
  refreshTokens,
  requestWithDeviceCode,
  requestWithPassword,
} from '../../../../core/oauth/token-endpoint.ts'
import { Problem } from '../../../../core/problem.ts'
import { Secret } from '../../../../core/secret.ts'
import { answering, failureOf, json } from './token-fixture.ts'

const extras = { parameters: {}, resources: [] }
const redirectUri = 'http://127.0.0.1:5000/callback'
const state = new Secret('st4te-of-ours')

type Words = { error: string; error_description?: string }
type Endpoint =
  | 'authorization'
  | 'token'
  | 'refresh'
  | 'device token'
  | 'device authorization'
  | 'password'
  | 'revocation'

/** The failure of an endpoint that answers with these words. */
async function refusedAt(endpoint: Endpoint, words: Words, status = 400): Promise<Failure> {
  if (endpoint === 'authorization') return refusedByRedirect(words)
  const { at } = answering(() => json(words, status), { deviceAuthorizationEndpoint: 'https://as.example/device' })
  const ask: Record<Exclude<Endpoint, 'authorization'>, () => Promise<unknown>> = {
    token: () => exchangeCode(at, { code: new Secret('c0de-123'), codeVerifier: null, redirectUri, ...extras }),
    refresh: () => refreshTokens(at, { refreshToken: new Secret('r-1-2-3'), ...extras }),
    'device token': () => requestWithDeviceCode(at, { deviceCode: new Secret('d-1-2-3'), ...extras }),
    'device authorization': () => requestDeviceAuthorization(at, { scopes: [], ...extras }),
    password: () =>
      requestWithPassword(at, { username: 'ada', password: new Secret('pw-1-2-3'), scopes: [], ...extras }),
    revocation: () => revokeToken(at, { token: new Secret('t-1-2-3'), hint: 'access_token', encoding: 'form' }),
  }
  return failureOf(ask[endpoint]())
}

function refusedByRedirect(words: Words): Failure {
  const parameters = new URLSearchParams({ ...words, state: state.reveal() })
  try {
    readRedirectAnswer({ parameters, via: 'listener', filledIn: [] }, { state, redirectUri }, () => undefined)
  } catch (error) {
    if (error instanceof Problem) return error.failure
  }
  throw new Error('this was not refused')
}

const cases: [Endpoint, string, RefusalReason, RegExp][] = [
  ['authorization', 'access_denied', 'access_denied', /allow it/],
  ['authorization', 'interaction_required', 'login_required', /without the parameter prompt=none/],
  ['authorization', 'login_required', 'login_required', /without the parameter prompt=none/],
  ['authorization', 'account_selection_required', 'login_required', /without the parameter prompt=none/],
  ['authorization', 'consent_required', 'consent_required', /without the parameter prompt=none/],
  ['authorization', 'unauthorized_client', 'unauthorized_client', /Allow the authorization code grant/],
  ['authorization', 'unsupported_response_type', 'unsupported_response_type', /Allow the authorization code grant/],
  ['authorization', 'invalid_scope', 'invalid_scope', /fewer scopes/],
  ['authorization', 'invalid_target', 'invalid_target', /resource indicators/],
  ['authorization', 'redirect_uri_mismatch', 'redirect_uri', /Register exactly http:\/\/127\.0\.0\.1:5000\/callback/],
  ['authorization', 'request_not_supported', 'unsupported_parameter', /additional parameters/],
  ['authorization', 'temporarily_unavailable', 'server_trouble', /later/],
  ['authorization', 'server_error', 'server_trouble', /later/],
  ['authorization', 'invalid_client', 'invalid_client', /client id/],
  ['token', 'invalid_grant', 'invalid_grant', /Start again/],
  ['token', 'bad_verification_code', 'invalid_grant', /Start again/],
  ['token', 'code_already_used', 'invalid_grant', /Start again/],
  ['token', 'redirect_uri_mismatch', 'redirect_uri', /Register exactly/],
  ['token', 'incorrect_client_credentials', 'invalid_client', /client secret/],
  ['token', 'bad_client_secret', 'invalid_client', /client secret/],
  ['token', 'unsupported_grant_type', 'unsupported_grant', /Allow this grant/],
  ['token', 'invalid_target', 'invalid_target', /resource indicators/],
  ['token', 'application_suspended', 'client_suspended', /another client/],
  ['token', 'use_dpop_nonce', 'dpop_required', /DPoP/],
  ['token', 'unverified_user_email', 'account_not_ready', /browser/],
  ['refresh', 'bad_refresh_token', 'invalid_grant', /Connect again/],
  ['refresh', 'token_expired', 'expired', /Connect again/],
  ['refresh', 'interaction_required', 'login_required', /Connect again in the browser/],
  ['refresh', 'login_required', 'login_required', /Connect again in the browser/],
  ['refresh', 'consent_required', 'consent_required', /give your consent/],
  ['refresh', 'unauthorized_client', 'unauthorized_client', /Allow refresh tokens/],
  ['refresh', 'slow_down', 'slow_down', /Wait/],
  ['device token', 'authorization_declined', 'access_denied', /allow it/],
  ['device token', 'access_denied', 'access_denied', /allow it/],
  ['device token', 'bad_verification_code', 'invalid_grant', /Start again for a new code/],
  ['device token', 'incorrect_device_code', 'invalid_grant', /Start again for a new code/],
  ['device token', 'expired_token', 'expired', /Start again for a new code/],
  ['device authorization', 'device_flow_disabled', 'device_grant_off', /device flow/],
  ['device authorization', 'invalid_client', 'invalid_client', /client secret/],
  ['password', 'invalid_grant', 'invalid_grant', /user name and the password/],
  ['password', 'mfa_required', 'login_required', /grant that opens the browser/],
  ['password', 'consent_required', 'consent_required', /grant that opens the browser/],
  ['revocation', 'unsupported_token_type', 'unsupported_token_type', /own page/],
  ['revocation', 'unauthorized_client', 'invalid_client', /client secret/],
]

describe('an error code', () => {
  it.each(cases)('at the %s endpoint has its meaning and its remedy: %s', async (endpoint, error, reason, remedy) => {
    const isTrouble = reason === 'server_trouble' && endpoint !== 'authorization'
    expect(await refusedAt(endpoint, { error })).toMatchObject(
      isTrouble
        ? { kind: 'unexpected_answer' }
        : { kind: 'refused', error, reason, remedy: expect.stringMatching(remedy) },
    )
  })

  it.each(cases.filter(([endpoint]) => endpoint !== 'authorization'))(
    'at the %s endpoint means the same under status 200: %s',
    async (endpoint, error, reason) => {
      expect(await refusedAt(endpoint, { error }, 200)).toMatchObject({ kind: 'refused', status: 200, reason })
    },
  )

  it.each(['INVALID_GRANT', 'Invalid-Grant', ' invalid grant ', 'invalidGrant'])('is known as “%s”', async (error) => {
    expect(await refusedAt('refresh', { error })).toMatchObject({ reason: 'invalid_grant' })
  })

  it('of the server’s own has no meaning, and stands in the message', async () => {
    const failure = await refusedAt('token', { error: 'e_4711' })
    expect(failure.message).toBe('The server did not accept the code: e_4711')
    expect(failure).not.toHaveProperty('reason')
  })

  it.each(['constructor', '__proto__', 'toString'])(
    'of a name that every object has is one of its own: %s',
    async (error) => {
      expect(await refusedAt('token', { error })).not.toHaveProperty('reason')
    },
  )

  it.each(['refresh', 'token', 'device token'] as const)(
    'of a server in trouble has refused nothing at the %s endpoint, whatever its status',
    async (endpoint) => {
      for (const error of ['temporarily_unavailable', 'server_error']) {
        expect(await refusedAt(endpoint, { error })).toMatchObject({ kind: 'unexpected_answer', busy: true })
      }
    },
  )
})

describe('consent that is missing', () => {
  const said = 'Client requires user consent'
  it.each(['password', 'refresh', 'token'] as const)(
    'under invalid_client asks for no new secret: %s',
    async (endpoint) => {
      const failure = await refusedAt(endpoint, { error: 'invalid_client', error_description: said }, 401)
      expect(failure).toMatchObject({ reason: 'consent_required', remedy: expect.stringContaining('consent') })
      expect(failure).not.toHaveProperty('clientRefused')
      expect(failure).not.toHaveProperty('tryAuthentication')
      expect(JSON.stringify(failure)).not.toContain('client secret')
    },
  )

  it.each([
    'AADSTS65001: The user or administrator has not consented to use the application with ID …',
    'consent_required',
  ])('under invalid_grant is told from a dead token: %s', async (description) => {
    expect(await refusedAt('refresh', { error: 'invalid_grant', error_description: description })).toMatchObject({
      reason: 'consent_required',
    })
  })
})

describe('a refusal that is not about the client', () => {
  it.each(['interaction_required', 'consent_required', 'slow_down', 'invalid_target', 'authorization_declined'])(
    'offers no other client authentication method, not even with 401: %s',
    async (error) => {
      const failure = await refusedAt('device token', { error }, 401)
      expect(failure).not.toHaveProperty('tryAuthentication')
      expect(failure).not.toHaveProperty('clientRefused')
    },
  )
})

describe('a client secret that is made of a server’s words', () => {
  const secrets = ['client-secret-xyz', 'client', 'secret', 'invalid_client', 'client_x', 'lient', 'grant-4711', 'code']
  it.each(secrets)('changes no meaning: “%s”', async (secret) => {
    const client = {
      clientId: 'web',
      clientSecret: new Secret(secret),
      authentication: 'body' as const,
      allowed: ['body' as const],
    }
    const { at } = answering(() => json({ error: 'invalid_client' }, 401), { client })
    const refused = await failureOf(refreshTokens(at, { refreshToken: new Secret('r-1-2-3'), ...extras }))
    expect(refused).toMatchObject({
      reason: 'invalid_client',
      message: expect.stringContaining('The server did not accept the client: '),
      remedy: expect.stringContaining('Check the client id and the client secret'),
    })
    const { at: other } = answering(() => json({ error: 'invalid_grant' }, 400), { client })
    expect(await failureOf(refreshTokens(other, { refreshToken: new Secret('r-1-2-3'), ...extras }))).toMatchObject({
      reason: 'invalid_grant',
      remedy: 'Connect again to get new tokens.',
    })
  })
})
