// Why a grant brought no refresh token, as far as the request and the description tell.
import type { EventOf, FlowEvent } from '../../../contract/flow/event.ts'
import { askedIn } from './authorization.ts'
import { exchangesFor, lastCheck } from './facts.ts'
import type { DiagnosisContext } from './rule.ts'
import { askedScopes, describedScopes } from './scopes.ts'

export interface NoRefreshToken {
  check: EventOf<'check'>
  /** The request that began the grant. */
  asked: FlowEvent | null
  why:
    | { kind: 'scope'; scope: string }
    | { kind: 'second_consent'; prompt: string | null }
    | { kind: 'access_type'; accessType: string }
    | { kind: 'described' }
    | { kind: 'unknown' }
}

const usualScope = 'offline_access'
const offlineScope = /^offline(?:[._-]?access)?$|[/:.]offline[._]access$/i

/** `null` where one came, where none is to be expected, or where the token does not end. @see RFC 6749 §4.4.3 */
export function noRefreshToken(events: FlowEvent[], context: DiagnosisContext): NoRefreshToken | null {
  const check = lastCheck(events, 'refresh_token')
  const exchange = exchangesFor(events, 'token_request').at(-1)
  if (check?.reason !== 'none_issued' || exchange?.purpose.kind !== 'token_request') return null
  if (exchange.purpose.grantType === 'client_credentials') return null
  const why = reasonOf(events, context, check)
  return why && { check, asked: askedIn(events)?.event ?? null, why }
}

function reasonOf(
  events: FlowEvent[],
  { service, grant }: DiagnosisContext,
  check: EventOf<'check'>,
): NoRefreshToken['why'] | null {
  const asked = askedIn(events)
  const scopes = askedScopes(events, service)?.scopes ?? []
  const known = [...describedScopes(service), ...(service?.scopes.default ?? [])].find((one) => offlineScope.test(one))
  const scope = known ?? (service?.openid && scopes.includes('openid') ? usualScope : undefined)
  const accessType = asked?.parameter('access_type') ?? null
  const prompt = asked?.parameter('prompt') ?? null
  if (accessType === 'offline') {
    return prompt?.split(' ').includes('consent') ? unexpected(check) : { kind: 'second_consent', prompt }
  }
  if (accessType !== null) return { kind: 'access_type', accessType }
  if (scope !== undefined && !scopes.some((one) => offlineScope.test(one))) return { kind: 'scope', scope }
  // Without an end, the access token need not be renewed.
  const isEnding = lastCheck(events, 'expires_in')?.found !== null
  return grant?.refresh === false && isEnding ? { kind: 'described' } : unexpected(check)
}

function unexpected({ expected }: EventOf<'check'>): { kind: 'unknown' } | null {
  return expected === 'issued' ? { kind: 'unknown' } : null
}
