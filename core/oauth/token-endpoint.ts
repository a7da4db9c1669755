// Token requests: made by oauth4webapi, sent through the flow's recording fetch. The result is tokens, or a Problem with the
// server's words.
import * as oauth from 'oauth4webapi'
import type { Pkce } from '../../contract/service.ts'
import type { ParameterNames } from '../../contract/token-response.ts'
import { Problem } from '../problem.ts'
import type { Secret } from '../secret.ts'
import { clientAuthentication } from './client-authentication.ts'
import { sendingJson } from './json-request.ts'
import { asProblems } from './library-problems.ts'
import { renaming } from './parameter-names.ts'
import { refusal } from './refusal.ts'
import type { GrantAdvice, Refused } from './refused.ts'
import { type AnswerReading, readTokens, refreshTokenIn, refusalText, type TokenAnswers } from './token-answer.ts'

export interface TokenEndpoint extends AnswerReading {
  tokenEndpoint: string
  /** For refreshing, if that is another one. */
  refreshEndpoint?: string
  /** How token requests are sent. */
  encoding?: 'form' | 'json'
  /** What the service calls parameters. */
  names?: ParameterNames
  introspectionEndpoint?: string
  revocationEndpoint?: string
  deviceAuthorizationEndpoint?: string
  /** What is known about the requested grant. */
  grant?: GrantAdvice
  /** From a recorded exchange. */
  fetch: typeof globalThis.fetch
  signal?: AbortSignal
}

/** Additional parameters of any token request. */
export interface Extras {
  parameters: Record<string, string>
  /** @see RFC 8707 §2 */
  resources: string[]
}

/** A successful response that is unusable except for its refresh token: the previous one may be invalid now. */
export class UnusableAnswer extends Problem {
  readonly refreshToken: Secret

  constructor({ failure, outside }: Problem, refreshToken: Secret) {
    super(failure, outside)
    this.refreshToken = refreshToken
  }
}

/** Exchanges a code for tokens. Throws Problem. @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3 */
export function exchangeCode(
  at: TokenEndpoint,
  input: Extras & { code: Secret; codeVerifier: Secret | null; redirectUri: string; pkce?: Pkce },
): Promise<TokenAnswers> {
  const { code, codeVerifier, redirectUri, pkce } = input
  const own = { code: code.reveal(), redirect_uri: redirectUri }
  const verifier = codeVerifier ? { code_verifier: codeVerifier.reveal() } : {}
  const about = { what: 'the code', secrets: [code, codeVerifier], redirectUri, pkce }
  return ask(at, 'authorization_code', input, { ...own, ...verifier }, about)
}

/** Refreshes tokens. Throws Problem. @see https://www.rfc-editor.org/rfc/rfc6749#section-6 */
export function refreshTokens(at: TokenEndpoint, input: Extras & { refreshToken: Secret }): Promise<TokenAnswers> {
  const about = { what: 'the refresh token', secrets: [input.refreshToken], before: input.refreshToken }
  const tokenEndpoint = at.refreshEndpoint ?? at.tokenEndpoint
  return ask({ ...at, tokenEndpoint }, 'refresh_token', input, { refresh_token: input.refreshToken.reveal() }, about)
}

/** Requests a token for the client itself. Throws Problem. @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4 */
export function requestClientCredentials(
  at: TokenEndpoint,
  input: Extras & { scopes: string[] },
): Promise<TokenAnswers> {
  return ask(at, 'client_credentials', input, scopeOf(at, input.scopes), {
    what: 'the client credentials',
    secrets: [],
  })
}

/** Sends the person's password once. Throws Problem. @see https://www.rfc-editor.org/rfc/rfc6749#section-4.3 */
export function requestWithPassword(
  at: TokenEndpoint,
  input: Extras & { scopes: string[]; username: string; password: Secret },
): Promise<TokenAnswers> {
  const own = { username: input.username, password: input.password.reveal(), ...scopeOf(at, input.scopes) }
  return ask(at, 'password', input, own, { what: 'the user name and password', secrets: [input.password] })
}

/** Polls for the person's decision. Throws Problem. @see https://www.rfc-editor.org/rfc/rfc8628#section-3.4 */
export function requestWithDeviceCode(
  at: TokenEndpoint,
  input: Extras & { deviceCode: Secret },
): Promise<TokenAnswers> {
  const about = { what: 'the device code', secrets: [input.deviceCode] }
  return ask(at, deviceCodeGrant, input, { device_code: input.deviceCode.reveal() }, about)
}

const deviceCodeGrant = 'urn:ietf:params:oauth:grant-type:device_code'

/** The scope parameter, omitted if no scopes are requested. */
export function scopeOf(at: TokenEndpoint, scopes: string[]): { scope?: string } {
  return scopes.length === 0 ? {} : { scope: scopes.join(at.scopeSeparator ?? ' ') }
}

/** A form with the extras first, so that they cannot override our own parameters. */
export function formOf({ parameters, resources }: Extras, own: Record<string, string | undefined>): URLSearchParams {
  const given = Object.entries(own).filter((pair): pair is [string, string] => pair[1] !== undefined)
  const form = new URLSearchParams({ ...parameters, ...Object.fromEntries(given) })
  for (const resource of resources) form.append('resource', resource)
  return form
}

/** The server and the client for oauth4webapi. */
export function parties(at: TokenEndpoint): { as: oauth.AuthorizationServer; client: oauth.Client } {
  return {
    as: {
      issuer: at.issuer,
      token_endpoint: at.tokenEndpoint,
      revocation_endpoint: at.revocationEndpoint,
      introspection_endpoint: at.introspectionEndpoint,
      device_authorization_endpoint: at.deviceAuthorizationEndpoint,
    },
    client: { client_id: at.client.clientId },
  }
}

/** Allows plain http here, because the recording fetch only allows it for this machine. */
export function requestOptions(at: TokenEndpoint) {
  return {
    [oauth.customFetch]: renaming(at.fetch, at.names),
    [oauth.allowInsecureRequests]: true,
    signal: at.signal,
    headers: { 'user-agent': 'Grantdesk' },
  }
}

async function ask(
  at: TokenEndpoint,
  grantType: string,
  extras: Extras,
  own: Record<string, string | undefined>,
  { before, ...about }: Pick<Refused, 'what' | 'secrets' | 'redirectUri' | 'pkce'> & { before?: Secret },
): Promise<TokenAnswers> {
  const { as, client } = parties(at)
  const authentication = clientAuthentication(at.client)
  const options = requestOptions(at.encoding === 'json' ? { ...at, fetch: sendingJson(at.fetch) } : at)
  const response = await asProblems(() =>
    oauth.genericTokenEndpointRequest(as, client, authentication, grantType, formOf(extras, own), options),
  )
  const text = await response.text()
  const refused: Refused = {
    ...about,
    by: 'token_endpoint',
    client: at.client,
    grant: at.grant,
    secrets: [...about.secrets, at.client.clientSecret],
    now: at.now,
  }
  if (!response.ok) throw refusal(response, refusalText(text, at.places), refused)
  try {
    return await readTokens(at, response, text, refused, before ?? null)
  } catch (error) {
    const brought =
      error instanceof Problem && error.failure.kind !== 'refused' ? refreshTokenIn(text, at.places) : null
    throw error instanceof Problem && brought !== null ? new UnusableAnswer(error, brought) : error
  }
}
