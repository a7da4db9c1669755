// The tokens were revoked from here, and refreshed afterwards.
import { reconnect } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { refusedRefresh } from '../rule/refresh-history.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const refreshAfterRevocation: Rule = (events, context) => {
  const found = refusedRefresh(events, context)
  if (found?.why.kind !== 'revoked_here') return null
  return {
    weight: 'cause',
    title: 'These tokens were revoked from here.',
    explanation: 'The service accepted the revocation, and refuses the refresh token since.',
    evidence: [
      evidence(null, 'revoked at', new Date(found.why.at).toISOString()),
      evidence(found.event, 'refresh_token', found.token),
      ...refusalEvidence(found.refusal),
    ],
    remedy: 'Connect again if you want access once more.',
    actions: reconnect(context),
    specification: rfc(7009, '2.1'),
  }
}
