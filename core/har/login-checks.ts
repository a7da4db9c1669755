// The checks that the client of a recorded login should have made, made again from what the archive holds. They record; they
// decide nothing but why the login failed.

import { createHash } from 'node:crypto'
import { headerValue } from '../../contract/header-value.ts'
import type { ClientAuthentication, Pkce } from '../../contract/service.ts'
import { checkScopes } from '../connections/identity-checks.ts'
import type { CheckFacts } from '../flows/recording.ts'
import { wordsOf } from '../json-path.ts'
import { authorizationRefusal, refusal } from '../oauth/refusal.ts'
import { equalsSecret, repeatedParameter } from '../oauth/state.ts'
import { readTokens } from '../oauth/token-answer.ts'
import { Problem } from '../problem.ts'
import { Secret } from '../secret.ts'
import { basicUser } from './logins.ts'
import type { OAuthMessage } from './oauth-message.ts'

type Check = (facts: CheckFacts) => void
type Exchange = Extract<OAuthMessage, { is: 'exchange' }>

/** What an authorization request asked for; `null` where the archive does not hold it. */
export interface Asked {
  request: URLSearchParams | null
  /** The server's metadata; empty if the archive does not hold it. */
  metadata: Record<string, unknown>
}

export function pkceOf(request: URLSearchParams): Pkce {
  if (!request.get('code_challenge')) return 'off'
  return request.get('code_challenge_method') === 'S256' ? 'S256' : 'plain'
}

/** Checks an authorization response; returns why the login ends with it, `null` if it goes on. @see RFC 6749 §4.1.2 */
export function checkRedirect(
  { redirectUri, parameters: pairs }: { redirectUri: string; parameters: [string, string][] },
  { request, metadata }: Asked,
  check: Check,
): Problem | null {
  const parameters = new URLSearchParams(pairs)
  const named = request?.get('redirect_uri') ?? null
  if (named !== null)
    check({ which: 'redirect_uri', expected: named, found: redirectUri, ...same(isSameUri(named, redirectUri)) })
  const repeated = repeatedParameter(parameters)
  check({
    which: 'parameters',
    ...(repeated === null
      ? { result: 'passed', found: [...parameters.keys()] }
      : { result: 'failed', reason: 'repeated', found: repeated }),
  })
  const isOurs = checkState(parameters.get('state'), request, check)
  checkIssuer(parameters.get('iss'), metadata, check)
  const error = parameters.get('error')
  if (error !== null)
    return withoutAdvice(authorizationRefusal(error, parameters.get('error_description'), { secrets: [] }))
  const code = parameters.get('code')
  if (!parameters.has('access_token'))
    check({ which: 'code', ...(code ? { result: 'passed', found: code } : { result: 'failed', reason: 'missing' }) })
  return isOurs ? null : unexpected('The redirect does not carry the state of the authorization request.')
}

/** @see RFC 6749 §10.12 */
function checkState(found: string | null, request: URLSearchParams | null, check: Check): boolean {
  const expected = request?.get('state') ?? null
  if (request === null) check({ which: 'state', found, result: 'skipped', reason: 'first_seen' })
  else if (expected === null) check({ which: 'state', found, result: 'unconfirmed', reason: 'missing' })
  else if (equalsSecret(found ?? '', new Secret(expected))) check({ which: 'state', expected, found, result: 'passed' })
  else {
    check({ which: 'state', expected, found, result: 'failed', reason: found === null ? 'missing' : 'different' })
    return false
  }
  return true
}

/** @see RFC 9207 §2.4 */
function checkIssuer(found: string | null, metadata: Record<string, unknown>, check: Check): void {
  const expected = typeof metadata.issuer === 'string' ? metadata.issuer : null
  const isPromised = metadata.authorization_response_iss_parameter_supported === true
  if (expected === null || (!isPromised && found === null)) {
    check({ which: 'iss', expected, found, result: 'skipped', reason: 'not_promised' })
  } else if (found === null) check({ which: 'iss', expected, found, result: 'failed', reason: 'missing' })
  else check({ which: 'iss', expected, found, ...same(found === expected) })
}

/** Checks what a token request sends against the authorization request. @see RFC 6749 §4.1.3 and RFC 7636 §4.6 */
export function checkTokenRequest(
  { asked, request }: Exchange,
  { request: before, metadata }: Asked,
  check: Check,
): void {
  checkClientAuthentication(asked, request.headers, metadata, check)
  if (asked.get('grant_type') !== 'authorization_code' || before === null) return
  const expected = before.get('redirect_uri')
  const found = asked.get('redirect_uri')
  if (expected !== null && found === null)
    check({ which: 'redirect_uri', expected, found, result: 'unconfirmed', reason: 'missing' })
  else if (expected !== null) check({ which: 'redirect_uri', expected, found, ...same(found === expected, 'matches') })
  checkVerifier(asked.get('code_verifier'), before, check)
}

function checkVerifier(verifier: string | null, before: URLSearchParams, check: Check): void {
  const method = pkceOf(before)
  const challenge = before.get('code_challenge')
  if (method === 'off') {
    if (verifier !== null) check({ which: 'pkce', found: 'off', result: 'failed', reason: 'additional' })
    else check({ which: 'pkce', found: 'off', result: 'unconfirmed', reason: 'switched_off' })
  } else if (verifier === null) check({ which: 'pkce', found: method, result: 'failed', reason: 'missing' })
  else {
    const made = method === 'plain' ? verifier : createHash('sha256').update(verifier, 'ascii').digest('base64url')
    if (made !== challenge) check({ which: 'pkce', found: method, result: 'failed', reason: 'different' })
    else
      check({ which: 'pkce', found: method, result: 'passed', reason: method === 'plain' ? 'plain_method' : 'matches' })
  }
}

const methods: Record<string, ClientAuthentication> = {
  client_secret_basic: 'basic',
  client_secret_post: 'body',
  none: 'none',
}

/** @see RFC 8414 §2 */
function checkClientAuthentication(
  asked: URLSearchParams,
  headers: readonly [string, string][],
  { token_endpoint_auth_methods_supported: named }: Record<string, unknown>,
  check: Check,
): void {
  const expected = Array.isArray(named)
    ? named.flatMap((one) => (Object.hasOwn(methods, one) ? (methods[one] ?? []) : []))
    : []
  const found = methodOf(asked, headers)
  if (expected.length === 0 || found === null || expected.includes(found)) return
  check({ which: 'client_authentication', expected, found, result: 'unconfirmed', reason: 'not_promised' })
}

/** `null` for a method that Grantdesk does not know. */
function methodOf(asked: URLSearchParams, headers: readonly [string, string][]): ClientAuthentication | null {
  if (basicUser(headers) !== null) return 'basic'
  if (asked.has('client_secret')) return 'body'
  return asked.has('client_assertion') ? null : 'none'
}

/** Checks an answer of the token endpoint; returns why the request failed, `null` if it did not. @see RFC 6749 §5 */
export async function checkTokenAnswer(
  message: Exchange,
  { request, metadata }: Asked,
  check: Check,
): Promise<Problem | null> {
  const { asked, response: recorded, at, timing } = message
  if (recorded === null) return null
  const text = recorded.body ?? ''
  const now = () => at + (timing.whole ?? 0)
  const method = methodOf(asked, message.request.headers) ?? 'none'
  const client = {
    ...{
      clientId: asked.get('client_id') ?? basicUser(message.request.headers) ?? '',
      authentication: method,
      allowed: [],
    },
    clientSecret: null,
  }
  const about = { by: 'token_endpoint' as const, what: whatOf(asked), client, secrets: [], now }
  try {
    const response = responseOf(recorded)
    if (!response.ok) return withoutAdvice(refusal(response, text, about))
    const before = asked.get('refresh_token')
    const issuer = typeof metadata.issuer === 'string' ? metadata.issuer : new URL(message.request.url).origin
    const answers = await readTokens(
      { issuer, client, check, now },
      response,
      text,
      about,
      before ? new Secret(before) : null,
    )
    const wanted = asked.get('scope') ?? request?.get('scope') ?? ''
    if (before === null) checkScopes({ check }, wordsOf(wanted), answers.scopes)
    return null
  } catch (error) {
    return error instanceof Problem
      ? withoutAdvice(error)
      : unexpected('The answer of the token endpoint could not be read.')
  }
}

function responseOf({ status, headers, body }: NonNullable<OAuthMessage['response']>): Response {
  const kept = ['content-type', 'www-authenticate', 'retry-after', 'location']
  const named = kept.flatMap((name): [string, string][] => {
    const value = headerValue(headers, name)
    return value === null || /[^\t\x20-\x7e]/.test(value) ? [] : [[name, value]]
  })
  const isBodiless = [101, 204, 205, 304].includes(status)
  return new Response(isBodiless ? null : body, { status: status < 200 || status > 599 ? 500 : status, headers: named })
}

const whats: Record<string, string> = {
  authorization_code: 'the code',
  refresh_token: 'the refresh token',
  client_credentials: 'the client credentials',
  password: 'the user name and password',
  'urn:ietf:params:oauth:grant-type:device_code': 'the device code',
}

function whatOf(asked: URLSearchParams): string {
  const grantType = asked.get('grant_type') ?? ''
  return Object.hasOwn(whats, grantType) ? (whats[grantType] ?? '') : 'the request'
}

/** The advice is about connections, and there is none. */
function withoutAdvice({ failure, outside }: Problem): Problem {
  if (failure.kind !== 'refused') return new Problem({ ...failure, remedy: undefined }, outside)
  const { kind, message, by, status, error, errorDescription, reason } = failure
  return new Problem({ kind, message, by, status, error, errorDescription, ...(reason ? { reason } : {}) }, outside)
}

function unexpected(message: string): Problem {
  return new Problem({ kind: 'unexpected_answer', message, status: null })
}

function same(isSame: boolean, reason?: CheckFacts['reason']): Pick<CheckFacts, 'result' | 'reason'> {
  return isSame ? { result: 'passed', ...(reason ? { reason } : {}) } : { result: 'failed', reason: 'different' }
}

/** An address in an archive is as the browser spells it. */
function isSameUri(one: string, other: string): boolean {
  return one === other || (URL.parse(one)?.href ?? one).replace(/[?#].*$/s, '') === other
}
