// An authorization code that the token endpoint refused, and where it came from.
import type { EventOf, FlowEvent } from '../../../contract/flow/event.ts'
import { lastOf, parameterOf } from './facts.ts'
import { type Refusal, refusalIn } from './refusal.ts'

export interface RefusedCode {
  refusal: Refusal
  exchange: EventOf<'exchange'>
  /** Its pseudonym. */
  code: string | null
  /** The authorization response that brought it. */
  redirect: EventOf<'redirect'> | undefined
}

/** `null` where the flow ended otherwise, or the refusal is about the client, PKCE or the redirect URI. */
export function refusedCode(events: FlowEvent[]): RefusedCode | null {
  const refusal = refusalIn(events)
  if (refusal?.event.kind !== 'exchange') return null
  const { purpose } = refusal
  if (purpose?.kind !== 'token_request' || purpose.grantType !== 'authorization_code') return null
  if (refusal.aboutClient || refusal.aboutPkce || !aboutCode.has(refusal.reason)) return null
  const code = parameterOf(refusal.event.request, 'code')
  return { refusal, exchange: refusal.event, code, redirect: lastOf(events, 'redirect') }
}

const aboutCode = new Set<Refusal['reason']>(['invalid_grant', 'expired', 'invalid_request', undefined])
