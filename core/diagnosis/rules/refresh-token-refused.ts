// The refresh token is refused, and nothing that happened here explains it: the access was withdrawn at the service.
import { openGrants, reconnect } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { refusedRefresh } from '../rule/refresh-history.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const refreshTokenRefused: Rule = (events, context) => {
  const found = refusedRefresh(events, context)
  if (found?.why.kind !== 'unknown' || found.refusal.reason === 'expired') return null
  const isMute = found.refusal.words.error === null
  return {
    weight: 'likely',
    title: isMute ? 'The server refused the refresh token without a word.' : 'The refresh token is not good any more.',
    explanation: 'The access was withdrawn at the service, or ended with a new password or a deleted client.',
    evidence: [evidence(found.event, 'refresh_token', found.token), ...refusalEvidence(found.refusal)],
    remedy: 'Connect again. What the account has granted, the service’s own page shows.',
    actions: [...reconnect(context), ...openGrants(context)],
    specification: rfc(6749, '5.2'),
  }
}
