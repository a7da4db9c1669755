// What a flow sent of PKCE: the challenge with its method, and the verifier. @see RFC 7636 §4
import type { EventOf, FlowEvent } from '../../../contract/flow/event.ts'
import type { Pkce } from '../../../contract/service.ts'
import { type Asked, askedIn } from './authorization.ts'
import { exchangesFor, lastCheck, parameterOf } from './facts.ts'
import { type Refusal, refusalIn } from './refusal.ts'

export interface SentPkce {
  refusal: Refusal
  asked: Asked
  method: Pkce
  /** `null` if none was sent. With `plain` it is the verifier. */
  challenge: string | null
  /** `null` where the flow did not get to the token request. */
  exchange: EventOf<'exchange'> | null
  verifier: string | null
}

/** `null` where the flow did not end with a refusal after an authorization request. */
export function sentPkce(events: FlowEvent[]): SentPkce | null {
  const refusal = refusalIn(events)
  const asked = askedIn(events)
  if (refusal === null || !asked) return null
  const challenge = asked.parameter('code_challenge')
  const isPlain = (asked.parameter('code_challenge_method') ?? 'plain') === 'plain'
  const exchange = exchangesFor(events, 'token_request').at(-1) ?? null
  return {
    ...{ refusal, asked, challenge, exchange },
    method: challenge === null ? 'off' : isPlain ? 'plain' : 'S256',
    verifier: exchange && parameterOf(exchange.request, 'code_verifier'),
  }
}

/** Whether the refusal is about PKCE, by the check of the flow or by the server's words. */
export function isPkceRefused(events: FlowEvent[], { refusal }: SentPkce): boolean {
  return refusal.aboutPkce || lastCheck(events, 'pkce')?.reason === 'refused_by_server'
}
