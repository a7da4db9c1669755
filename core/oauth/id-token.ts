// Validates the ID token of a token response: whose it is, for whom, for which request, until when, and by whose signature.
// @see https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation
import { decodeJwt, type JSONWebKeySet, type JWTPayload } from 'jose'
import type { CheckName } from '../../contract/flow/check.ts'
import type { CheckFacts } from '../flows/recording.ts'
import type { Problem } from '../problem.ts'
import { Secret } from '../secret.ts'
import { type Outcome, signatureOutcome } from './jwt-signature.ts'
import { unexpected } from './refusal.ts'

/** What an ID token has to say. */
export interface IdTokenExpectation {
  /** May be a template; `null` if the service's description names none. */
  issuer: string | null
  clientId: string
  clientSecret: Secret | null
  /** Of the authorization request; `null` if there was none. */
  nonce: Secret | null
  /** The subject of the one before, when refreshing. */
  subject: string | null
  /** The issuer's keys, `null` if none are known; absent to leave the signature to TLS. */
  keys?: Promise<JSONWebKeySet | null>
  /** Otherwise one that does not fit is left out, because tokens of a refresh must not be lost. */
  isRequired: boolean
}

export interface IdToken {
  jwt: Secret
  claims: JWTPayload
}

interface Reading {
  check(facts: CheckFacts): void
  /** The time (ms since the epoch). */
  now: () => number
}

/** How far the clocks may differ (s). */
const clockTolerance = 300

/**
 * The ID token, each part of it checked; `null` for one that cannot be read, such as an encrypted one. Throws Problem if it is
 * not for this client or this request.
 */
export async function readIdToken(jwt: string, expected: IdTokenExpectation, at: Reading): Promise<IdToken | null> {
  const claims = claimsIn(jwt)
  if (claims === null) {
    at.check({ which: 'id_token', result: 'unconfirmed', reason: 'unreadable' })
    return null
  }
  const now = at.now()
  const signature = expected.keys
    ? await signatureOutcome(jwt, { keys: await expected.keys, clientSecret: expected.clientSecret })
    : null
  const outcomes = [
    ...claimOutcomes(claims, expected, now),
    ...(signature ? [['id_token_signature', signature] satisfies [CheckName, Outcome]] : []),
  ]
  for (const [which, outcome] of outcomes) at.check({ which, ...outcome })
  const failed = outcomes.find(([, { result }]) => result === 'failed')
  if (failed && expected.isRequired) throw notOurs(failed[0])
  if (failed) return null
  return { jwt: new Secret(jwt), claims }
}

/** What the claims of an ID token have to say at `now` (ms), and whether they do. */
export function claimOutcomes(
  claims: JWTPayload,
  expected: Pick<IdTokenExpectation, 'issuer' | 'clientId' | 'nonce' | 'subject'>,
  now: number,
): [CheckName, Outcome][] {
  const outcomes: [CheckName, Outcome][] = [
    ['id_token_issuer', issuerOutcome(claims, expected.issuer)],
    ['id_token_audience', audienceOutcome(claims, expected.clientId)],
  ]
  if (expected.subject !== null) outcomes.push(['id_token_subject', sameOutcome(expected.subject, claims.sub)])
  if (expected.nonce !== null) outcomes.push(['nonce', nonceOutcome(expected.nonce, claims)])
  outcomes.push(['id_token_expiry', expiryOutcome(claims, now / 1000)])
  return [...outcomes, ...beginningOutcomes(claims, now / 1000)]
}

/** The claims of a signed or unsecured JWT. */
export function claimsIn(jwt: string): JWTPayload | null {
  try {
    return decodeJwt(jwt)
  } catch {
    return null
  }
}

/** The issuer that an ID token has to name: a template's placeholders are filled in from its claims. */
function filledIssuer(template: string, claims: JWTPayload): string {
  return template.replaceAll(/\{([a-z]+)\}/gi, (whole, name: string) => {
    // Entra calls the placeholder tenantid and the claim tid.
    const claim = claims[name] ?? (name.toLowerCase() === 'tenantid' ? claims.tid : undefined)
    return typeof claim === 'string' && /^[\w.-]{1,200}$/.test(claim) ? claim : whole
  })
}

function issuerOutcome(claims: JWTPayload, issuer: string | null): Outcome {
  if (issuer === null) return { found: claims.iss ?? null, result: 'skipped', reason: 'not_promised' }
  return sameOutcome(filledIssuer(issuer, claims), claims.iss)
}

function sameOutcome(expected: string, found: unknown): Outcome {
  if (typeof found !== 'string') return { expected, result: 'failed', reason: 'missing' }
  return found === expected
    ? { expected, found, result: 'passed' }
    : { expected, found, result: 'failed', reason: 'different' }
}

/** With several audiences, `azp` has to name this client, too. */
function audienceOutcome({ aud, azp }: JWTPayload, clientId: string): Outcome {
  const found = typeof aud === 'string' ? [aud] : Array.isArray(aud) ? aud.map(String) : []
  if (!found.includes(clientId)) {
    return { expected: [clientId], found, result: 'failed', reason: found.length === 0 ? 'missing' : 'different' }
  }
  return azp !== undefined || found.length > 1
    ? sameOutcome(clientId, azp)
    : { expected: [clientId], found, result: 'passed' }
}

/** Neither is put down: the one that was sent is a secret of this attempt. */
function nonceOutcome(nonce: Secret, claims: JWTPayload): Outcome {
  if (claims.nonce === nonce.reveal()) return { result: 'passed' }
  return { result: 'failed', reason: claims.nonce === undefined ? 'missing' : 'different' }
}

function expiryOutcome({ exp }: JWTPayload, now: number): Outcome {
  if (typeof exp !== 'number') return { result: 'failed', reason: 'missing' }
  const found = Math.round(exp - now)
  return exp + clockTolerance < now ? { found, result: 'failed', reason: 'ended' } : { found, result: 'passed' }
}

/**
 * Of a token that begins later than now alone: `nbf` forbids it until then, `iat` shows a clock that is wrong.
 * @see RFC 7519 §4.1.5 and §4.1.6
 */
function beginningOutcomes({ nbf, iat }: JWTPayload, now: number): [CheckName, Outcome][] {
  const isLater = (claim: unknown): claim is number => typeof claim === 'number' && claim - clockTolerance > now
  const which = 'id_token_not_before'
  const facts = (claim: number) => ({ found: Math.round(claim - now), reason: 'not_yet' as const })
  if (isLater(nbf)) return [[which, { ...facts(nbf), result: 'failed' }]]
  return isLater(iat) ? [[which, { ...facts(iat), result: 'unconfirmed' }]] : []
}

const subjects: Partial<Record<CheckName, string>> = {
  id_token_issuer: 'it is by another issuer',
  id_token_audience: 'it is for another client',
  id_token_subject: 'it is about another account than the one before',
  nonce: 'its nonce is not the one of this attempt',
  id_token_expiry: 'it has ended',
  id_token_not_before: 'it is not valid yet',
  id_token_signature: 'its signature is not the issuer’s',
}

function notOurs(which: CheckName): Problem {
  const remedy =
    which === 'id_token_expiry' || which === 'id_token_not_before'
      ? 'Check the clock of this machine, then connect again.'
      : 'Connect again. If it goes on, check the issuer and the client id with the service’s operator.'
  return unexpected(200, `The ID token that came with the tokens is not for this attempt: ${subjects[which]}.`, remedy)
}
