// Why a refresh token is refused, by what is known of it: when it came, how it was used, and what was sent after it.
import type { EventOf, FlowEvent } from '../../../contract/flow/event.ts'
import type { ExchangeFailure } from '../../../contract/flow/exchange.ts'
import type { RefusalReason } from '../../../contract/refusal-reason.ts'
import { isOutage } from '../../flows/outage.ts'
import { answered, exchangesFor, parameterOf } from './facts.ts'
import { type Refusal, refusalIn } from './refusal.ts'
import type { DiagnosisContext } from './rule.ts'

export interface RefusedRefresh {
  refusal: Refusal
  /** The exchange that sent the refresh token. */
  event: EventOf<'exchange'>
  /** Its pseudonym. */
  token: string
  why: Why
}

type Why =
  /** A revocation from here was accepted after the token had come. `at` in ms since the epoch. */
  | { kind: 'revoked_here'; at: number }
  | { kind: 'expired'; at: number }
  /** It had been used before, and the answer held another one. */
  | { kind: 'reused'; at: number }
  /** It had been sent before, without an answer. */
  | { kind: 'interrupted'; at: number; rotates: boolean; event: EventOf<'exchange'>; isHere: boolean }
  /** An older one was sent after it had come. */
  | { kind: 'family_revoked'; at: number }
  /** The server replaces refresh tokens, and this one was never sent from here. */
  | { kind: 'rotated'; since: number | null }
  | { kind: 'unknown' }

/** Whether the refusal is about the refresh token, or says nothing. */
const reasons: readonly (RefusalReason | undefined)[] = ['invalid_grant', 'expired', 'invalid_request', undefined]

/** `null` unless the flow ended because a refresh token was refused. */
export function refusedRefresh(events: FlowEvent[], context: DiagnosisContext): RefusedRefresh | null {
  const refusal = refusalIn(events)
  if (refusal?.purpose?.kind !== 'refresh' || refusal.aboutClient || !reasons.includes(refusal.reason)) return null
  // Where the token before it was tried, too, the newer one is what matters.
  const event = exchangesFor(events, 'refresh').find(isRefused)
  const token = event && parameterOf(event.request, 'refresh_token')
  if (!event || !token) return null
  return { refusal, event, token, why: whyRefused(event, token, events, refusal, context) }
}

/** A busy or broken server has refused nothing, and is asked again. */
function isRefused({ response }: EventOf<'exchange'>): boolean {
  return response !== null && !isOutage(response.status) && answered(response, 'access_token') === null
}

function whyRefused(
  event: EventOf<'exchange'>,
  token: string,
  events: FlowEvent[],
  refusal: Refusal,
  context: DiagnosisContext,
): Why {
  const before = context.earlier.flatMap((flow) => flow.events).toSorted((one, other) => other.at - one.at)
  const came = exchangesOf(before).find((one) => isSame(broughtBy(one), token))
  const since = came?.at ?? null
  const revoked = exchangesFor(before, 'revocation').find(
    ({ at, response }) => (since === null || at >= since) && response !== null && response.status < 300,
  )
  if (revoked) return { kind: 'revoked_here', at: revoked.at }
  const uses = exchangesOf(before).filter(({ request }) => isSame(parameterOf(request, 'refresh_token'), token))
  const replaced = uses.find((use) => broughtBy(use) !== null && !isSame(broughtBy(use), token))
  if (replaced) return { kind: 'reused', at: replaced.at }
  const end = endOf(event, context)
  if (end !== null) return { kind: 'expired', at: end }
  const rotates = before.some(
    (one) => one.kind === 'check' && one.which === 'refresh_token' && one.reason === 'rotated',
  )
  const lostHere = exchangesFor(events.slice(0, events.indexOf(event)), 'refresh').find(isLost)
  const lost = lostHere ?? uses.find(isLost)
  if (lost) return { kind: 'interrupted', at: lost.at, rotates, event: lost, isHere: lost === lostHere }
  const older = exchangesOf(before).find(({ at, request }) => {
    const sent = parameterOf(request, 'refresh_token')
    return since !== null && at > since && sent !== null && !isSame(sent, token)
  })
  if (older) return { kind: 'family_revoked', at: older.at }
  if (rotates && uses.length === 0 && refusal.reason === 'invalid_grant') return { kind: 'rotated', since }
  return { kind: 'unknown' }
}

function exchangesOf(events: FlowEvent[]): EventOf<'exchange'>[] {
  return exchangesFor(events, 'token_request', 'refresh')
}

/** The refresh token in a token response; `null` if it brought none. */
function broughtBy({ response }: EventOf<'exchange'>): string | null {
  return response === null || response.status >= 300 ? null : answered(response, 'refresh_token')
}

const lostBy: readonly ExchangeFailure['kind'][] = ['host_ended', 'flow_ended', 'timed_out', 'cancelled', 'not_http']
const brokenOff: readonly (string | null)[] = ['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE', 'ECONNABORTED']

/** Whether the server may have carried it out, and its answer never came. */
function isLost({ failure }: EventOf<'exchange'>): boolean {
  if (failure === null) return false
  return failure.kind === 'network' ? brokenOff.includes(failure.code) : lostBy.includes(failure.kind)
}

/** When the refresh token had ended before it was sent; `null` if it had not, by what is known. */
function endOf({ at }: EventOf<'exchange'>, { connection, grant }: DiagnosisContext): number | null {
  const obtainedAt = connection?.refreshTokenObtainedAt ?? null
  if (connection === null || obtainedAt === null || obtainedAt > at) return null
  const lifetime = grant?.refreshTokenLifetime
  const end = connection.refreshTokenExpiresAt ?? (lifetime === undefined ? null : obtainedAt + lifetime * 1_000)
  return end !== null && end <= at ? end : null
}

/** Whether two pseudonyms stand for one secret, whatever each flow called it. */
function isSame(one: string | null, other: string): boolean {
  return one !== null && pseudonym(one) === pseudonym(other)
}

function pseudonym(shown: string): string {
  return /^<[^:<>]*:([^<>]*)>$/.exec(shown)?.[1] ?? shown
}
