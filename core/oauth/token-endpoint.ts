// Token requests: made by oauth4webapi, sent through the flow's recording fetch. The result is tokens, or a Problem with the
// server's words.
import * as oauth from 'oauth4webapi'
import type { Pkce } from '../../contract/service.ts'
import type { CheckFacts } from '../flows/recording.ts'
import { isTruncated } from '../flows/recording-fetch.ts'
import { invalid, Problem, problem } from '../problem.ts'
import { Secret } from '../secret.ts'
import { type ClientCredentials, clientAuthentication } from './client-authentication.ts'
import { refusal, unexpected } from './refusal.ts'
import type { GrantAdvice, Refused } from './refused.ts'
import { checkAnswer, checkLifetimes, checkTokenType } from './token-answer-checks.ts'
import { jwtLifetime, lifetimeIn, lifetimeMembers } from './token-lifetime.ts'
import { conforming, isUnsendable, tokenMembers } from './tolerance.ts'

export interface TokenEndpoint {
  /** The base URL if the service has no issuer. */
  issuer: string
  tokenEndpoint: string
  revocationEndpoint?: string
  deviceAuthorizationEndpoint?: string
  client: ClientCredentials
  /** What is known about the requested grant. */
  grant?: GrantAdvice
  /** From a recorded exchange. */
  fetch: typeof globalThis.fetch
  /** Called with each check of a response. */
  check(facts: CheckFacts): void
  signal?: AbortSignal
  scopeSeparator?: ' ' | ','
  /** The time (ms since the epoch). */
  now: () => number
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

  constructor(failure: Problem['failure'], refreshToken: Secret) {
    super(failure)
    this.refreshToken = refreshToken
  }
}

export interface TokenAnswer {
  accessToken: Secret
  refreshToken: Secret | null
  tokenType: string
  /** Seconds from now, 0 or less if it has ended already; `null` if nothing says. */
  expiresIn: number | null
  /** The same of the refresh token. */
  refreshTokenExpiresIn: number | null
  /** `null` if the server did not say. */
  scopes: string[] | null
}

/** Exchanges a code for tokens. Throws Problem. @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3 */
export function exchangeCode(
  at: TokenEndpoint,
  input: Extras & { code: Secret; codeVerifier: Secret | null; redirectUri: string; pkce?: Pkce },
): Promise<TokenAnswer> {
  const { code, codeVerifier, redirectUri, pkce } = input
  const own = { code: code.reveal(), redirect_uri: redirectUri }
  const verifier = codeVerifier ? { code_verifier: codeVerifier.reveal() } : {}
  const about = { what: 'the code', secrets: [code, codeVerifier], redirectUri, pkce }
  return ask(at, 'authorization_code', input, { ...own, ...verifier }, about)
}

/** Refreshes tokens. Throws Problem. @see https://www.rfc-editor.org/rfc/rfc6749#section-6 */
export function refreshTokens(at: TokenEndpoint, input: Extras & { refreshToken: Secret }): Promise<TokenAnswer> {
  const about = { what: 'the refresh token', secrets: [input.refreshToken], before: input.refreshToken }
  return ask(at, 'refresh_token', input, { refresh_token: input.refreshToken.reveal() }, about)
}

/** Requests a token for the client itself. Throws Problem. @see https://www.rfc-editor.org/rfc/rfc6749#section-4.4 */
export function requestClientCredentials(
  at: TokenEndpoint,
  input: Extras & { scopes: string[] },
): Promise<TokenAnswer> {
  return ask(at, 'client_credentials', input, scopeOf(at, input.scopes), {
    what: 'the client credentials',
    secrets: [],
  })
}

/** Sends the person's password once. Throws Problem. @see https://www.rfc-editor.org/rfc/rfc6749#section-4.3 */
export function requestWithPassword(
  at: TokenEndpoint,
  input: Extras & { scopes: string[]; username: string; password: Secret },
): Promise<TokenAnswer> {
  const own = { username: input.username, password: input.password.reveal(), ...scopeOf(at, input.scopes) }
  return ask(at, 'password', input, own, { what: 'the user name and password', secrets: [input.password] })
}

/** Polls for the person's decision. Throws Problem. @see https://www.rfc-editor.org/rfc/rfc8628#section-3.4 */
export function requestWithDeviceCode(at: TokenEndpoint, input: Extras & { deviceCode: Secret }): Promise<TokenAnswer> {
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
      device_authorization_endpoint: at.deviceAuthorizationEndpoint,
    },
    client: { client_id: at.client.clientId },
  }
}

/** Allows plain http here, because the recording fetch only allows it for this machine. */
export function requestOptions(at: TokenEndpoint) {
  return {
    [oauth.customFetch]: at.fetch,
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
): Promise<TokenAnswer> {
  const { as, client } = parties(at)
  const authentication = clientAuthentication(at.client)
  const response = await asProblems(() =>
    oauth.genericTokenEndpointRequest(as, client, authentication, grantType, formOf(extras, own), requestOptions(at)),
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
  if (!response.ok) throw refusal(response, text, refused)
  try {
    return await readTokens(at, response, text, refused, before ?? null)
  } catch (error) {
    const brought = error instanceof Problem && error.failure.kind !== 'refused' ? refreshTokenIn(text) : null
    throw error instanceof Problem && brought !== null ? new UnusableAnswer(error.failure, brought) : error
  }
}

/** The complete refresh token of a response, even if the rest was cut off. */
function refreshTokenIn(text: string): Secret | null {
  const member = tokenMembers(text)?.refresh_token ?? /"refresh_token"\s*:\s*"([^"\\]{1,8000})"/.exec(text)?.[1]
  return typeof member === 'string' && member.trim() !== '' ? new Secret(member) : null
}

async function readTokens(
  at: TokenEndpoint,
  response: Response,
  text: string,
  refused: Refused,
  before: Secret | null,
): Promise<TokenAnswer> {
  const { status } = response
  if (isTruncated(response)) throw unexpected(status, 'The answer of the token endpoint is far too long.')
  const members = tokenMembers(text)
  if (typeof members?.access_token !== 'string' || members.access_token === '') {
    // Some servers answer 200 with an error in the body.
    if (members?.error || members?.ok === false) throw refusal(response, text, refused)
    const found = members ? 'holds no access token' : text.trim() === '' ? 'is empty' : 'is not readable as JSON'
    throw unexpected(status, `The answer of the token endpoint ${found}.`, 'Check the address of the token endpoint.')
  }
  checkTokenType(members, at.check)
  if (isUnsendable(members.token_type)) {
    throw problem(
      'not_supported',
      'The server gave a token of a type that Grantdesk cannot send; it sends Bearer tokens.',
    )
  }
  const { as, client } = parties(at)
  const answer = await asProblems(() => oauth.processGenericTokenEndpointResponse(as, client, conforming(members)))
  const life = lifetimesIn(members, answer.access_token, at.now())
  checkLifetimes(life, at.check)
  checkAnswer(answer, members, before, at.check)
  return {
    accessToken: new Secret(answer.access_token),
    refreshToken: answer.refresh_token === undefined ? null : new Secret(answer.refresh_token),
    // Some servers say "bearer" but reject it in a header: always send "Bearer".
    tokenType: 'Bearer',
    expiresIn: life.access,
    refreshTokenExpiresIn: life.refresh,
    scopes: answer.scope === undefined ? null : scopesOf(answer.scope, at.scopeSeparator ?? ' '),
  }
}

function lifetimesIn(members: Record<string, unknown>, accessToken: string, now: number) {
  const valuesOf = (names: string[]) => names.map((name) => members[name])
  const said = lifetimeIn(valuesOf(lifetimeMembers.accessToken), now)
  const refresh = lifetimeIn(valuesOf(lifetimeMembers.refreshToken), now)
  return { access: said ?? jwtLifetime(accessToken, now), refresh, fromToken: said === null }
}

function scopesOf(scope: string, separator: ' ' | ','): string[] {
  const names = scope.split(separator === ',' ? /[\s,]+/ : /\s+/)
  return [...new Set(names.filter((name) => name !== ''))]
}

/** Replaces the library's exceptions, which quote URLs and bodies, with a Problem of the same kind. */
export async function asProblems<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request()
  } catch (error) {
    if (error instanceof Problem) throw error
    if (error instanceof oauth.OperationProcessingError) {
      if (error.code === oauth.INVALID_SERVER_METADATA || error.code === oauth.MISSING_SERVER_METADATA) {
        throw invalid('url', 'The address of the endpoint is no address.', 'Check the addresses of the service.')
      }
      throw unexpected(null, 'The answer of the token endpoint is not what OAuth promises.')
    }
    throw error
  }
}
