// The refresh token's time is over.
import { reconnect } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { refusedRefresh } from '../rule/refresh-history.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const refreshTokenExpired: Rule = (events, context) => {
  const found = refusedRefresh(events, context)
  if (found === null) return null
  const { why, refusal } = found
  const isSaid = why.kind === 'unknown' && refusal.reason === 'expired'
  if (why.kind !== 'expired' && !isSaid) return null
  return {
    weight: 'cause',
    title: 'The refresh token has expired.',
    explanation: 'Only a new consent brings another one.',
    evidence: [
      evidence(found.event, 'refresh_token', found.token),
      ...(why.kind === 'expired' ? [evidence(null, 'expired at', new Date(why.at).toISOString())] : []),
      ...refusalEvidence(refusal),
    ],
    remedy: 'Connect again. Where the server counts from the last refresh, refresh more often.',
    actions: reconnect(context),
    specification: rfc(6749, '6'),
  }
}
