// Reads the tokens in a token endpoint's response, or what it says instead.
// @see https://www.rfc-editor.org/rfc/rfc6749#section-5
import * as oauth from 'oauth4webapi'
import type { CheckFacts } from '../flows/recording.ts'
import { isTruncated } from '../flows/recording-fetch.ts'
import { isObject, pickText, valueAt } from '../json-path.ts'
import { type Problem, problem } from '../problem.ts'
import { Secret } from '../secret.ts'
import type { ClientCredentials } from './client-authentication.ts'
import { type IdToken, type IdTokenExpectation, readIdToken } from './id-token.ts'
import { keptInAnswer } from './kept-values.ts'
import { asProblems } from './library-problems.ts'
import { refusal, unexpected } from './refusal.ts'
import type { Refused } from './refused.ts'
import { checkAnswer, checkLifetimes, checkTokenType } from './token-answer-checks.ts'
import { jwtLifetime, lifetimeIn } from './token-lifetime.ts'
import { type FoundToken, memberNames, type TokenPlaces, tokensIn, usualPlaces } from './token-places.ts'
import { tokenText } from './token-text.ts'
import { conforming, isRefusal, isUnsendable, parseAnswer } from './tolerance.ts'

/** How a response is to be read. */
export interface AnswerReading {
  /** The base URL if the service has no issuer. */
  issuer: string
  client: ClientCredentials
  /** Where the response holds what the RFC names otherwise. */
  places?: TokenPlaces
  /** Of several tokens in a response, the place of the one that is asked for. */
  place?: string | null
  scopeSeparator?: ' ' | ','
  /** What separates the scopes in the response, if the service's description says so. */
  responseSeparator?: ' ' | ','
  /** Whether a response to a request without a refresh token should bring one. */
  expectsRefreshToken?: boolean
  /** What an ID token has to say; absent to leave it alone. */
  idToken?: IdTokenExpectation
  /** Called with each check of a response. */
  check(facts: CheckFacts): void
  /** The time (ms since the epoch). */
  now: () => number
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
  /** The dotted path at which the response held it; `null` if it came without a response. */
  place: string | null
  /** Validated. */
  idToken?: IdToken
}

/** The tokens of one response: those that were asked for, and any others. */
export interface TokenAnswers extends TokenAnswer {
  others: TokenAnswer[]
  /** What the response brings along that requests to the API need later, by name. */
  kept: Record<string, string>
}

/** The tokens of a successful response. Throws Problem. `before` is the refresh token that was sent. */
export async function readTokens(
  at: AnswerReading,
  response: Response,
  text: string,
  refused: Refused,
  before: Secret | null,
): Promise<TokenAnswers> {
  const { status } = response
  if (isTruncated(response)) throw unexpected(status, 'The answer of the token endpoint is far too long.')
  const places = at.places ?? usualPlaces
  const answer = parseAnswer(text, places.accessToken)
  const [first, ...others] = tokensIn(answer, places, at.place ?? null)
  if (first === undefined) {
    // Some servers answer 200 with an error in the body.
    if (isRefusal(answer) || pickText(answer, places.error) !== null) {
      throw refusal(response, refusalText(text, places), refused)
    }
    throw withoutToken(status, answer, text)
  }
  if (others.length > 0) {
    at.check({ which: 'tokens', found: [first, ...others].map(({ place }) => place), result: 'passed' })
  }
  const asked = await readToken(at, first, before)
  const idToken = await validIdToken(at, first)
  const sendable = others.filter(({ members }) => !isUnsendable(members.token_type))
  const kept = keptInAnswer(places.keep, answer)
  return {
    ...asked,
    kept,
    ...(idToken ? { idToken } : {}),
    others: await Promise.all(sendable.map((other) => readToken(at, other, null))),
  }
}

async function validIdToken(at: AnswerReading, { members }: FoundToken): Promise<IdToken | null> {
  if (!at.idToken) return null
  if (typeof members.id_token === 'string') return readIdToken(members.id_token, at.idToken, at)
  // Only a request with a nonce was one for an ID token.
  if (at.idToken.nonce) at.check({ which: 'id_token', result: 'unconfirmed', reason: 'none_issued' })
  return null
}

/** The text of a refusal with its error where the RFC puts it. @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
export function refusalText(text: string, places: TokenPlaces = usualPlaces): string {
  const answer = parseAnswer(text, [])
  const error = pickText(answer, places.error)
  return error === null ? text : JSON.stringify({ ...(isObject(answer) ? answer : {}), error })
}

/** Tells what a response without a token did hold, by its names. */
function withoutToken(status: number, answer: unknown, text: string): Problem {
  const names = memberNames(answer).join(', ')
  if (answer === undefined) {
    const found = text.trim() === '' ? 'is empty' : 'is not readable as JSON'
    return unexpected(status, `The answer of the token endpoint ${found}.`, 'Check the address of the token endpoint.')
  }
  if (names === '') return unexpected(status, 'The answer of the token endpoint holds no members, and so no token.')
  return unexpected(
    status,
    `The answer of the token endpoint holds no access token where one should be. It holds: ${names}.`,
    'If one of these is the token, name it in the description of the service, as tokenResponse.accessToken.',
    [names],
  )
}

async function readToken(
  at: AnswerReading,
  { place, members, lifetimes }: FoundToken,
  before: Secret | null,
): Promise<TokenAnswer> {
  checkTokenType(members, at.check)
  if (isUnsendable(members.token_type)) {
    throw problem(
      'not_supported',
      'The server gave a token of a type that Grantdesk cannot send; it sends Bearer tokens.',
    )
  }
  const as = { issuer: at.issuer }
  const client = { client_id: at.client.clientId }
  const answer = await asProblems(() => oauth.processGenericTokenEndpointResponse(as, client, conforming(members)))
  const accessToken = tokenText(answer.access_token, 'access_token', at.check)
  const refreshToken = answer.refresh_token && tokenText(answer.refresh_token, 'refresh_token', at.check)
  const life = lifetimesIn(lifetimes, accessToken, at.now())
  checkLifetimes(life, at.check)
  const isExpected = at.expectsRefreshToken === true
  checkAnswer({ refreshToken, idToken: at.idToken ? null : members.id_token }, { before, isExpected }, at.check)
  return {
    place,
    accessToken: new Secret(accessToken),
    refreshToken: refreshToken ? new Secret(refreshToken) : null,
    // Some servers say "bearer" but reject it in a header: always send "Bearer".
    tokenType: 'Bearer',
    expiresIn: life.access,
    refreshTokenExpiresIn: life.refresh,
    scopes: answer.scope === undefined ? null : scopesOf(answer.scope, at),
  }
}

function lifetimesIn(lifetimes: FoundToken['lifetimes'], accessToken: string, now: number) {
  const said = lifetimeIn(lifetimes.accessToken, now)
  const refresh = lifetimeIn(lifetimes.refreshToken, now)
  return { access: said ?? jwtLifetime(accessToken, now), refresh, fromToken: said === null }
}

/** Some servers are asked with blanks and answer with commas, with or without blanks after them. */
function scopesOf(scope: string, { scopeSeparator, responseSeparator }: AnswerReading): string[] {
  const isComma =
    (responseSeparator ?? scopeSeparator) === ',' || (!responseSeparator && /^\S+$|,\s/.test(scope.trim()))
  const names = scope.split(isComma ? /[\s,]+/ : /\s+/)
  return [...new Set(names.filter((name) => name !== ''))]
}

/** The complete refresh token of a response, even if the rest was cut off. */
export function refreshTokenIn(text: string, { refreshToken: paths }: TokenPlaces = usualPlaces): Secret | null {
  const answer = parseAnswer(text, [])
  const whole = [...paths, 'refresh_token'].map((path) => valueAt(answer, path)).find((value) => value !== undefined)
  const member = whole ?? /"refresh_token"\s*:\s*"([^"\\]{1,8000})"/.exec(text)?.[1]
  return typeof member === 'string' && member.trim() !== '' ? new Secret(member) : null
}
