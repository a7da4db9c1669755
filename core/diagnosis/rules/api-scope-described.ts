// The API refuses without saying why, and the token holds no scope that the service's description names for this request.
import { stepUp } from '../rule/actions.ts'
import { apiEvidence, apiRefusal, expiredFor, knownThen } from '../rule/api.ts'
import { bearerParameter } from '../rule/challenge.ts'
import { describedScope } from '../rule/described-request.ts'
import { evidence } from '../rule/facts.ts'
import { sentKey } from '../rule/placement.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const apiScopeDescribed: Rule = (events, context) => {
  const refusal = apiRefusal(events, 403)
  if (refusal === undefined || expiredFor(refusal, context) !== null || sentKey(refusal, context) !== null) return null
  if (refusal.error === 'insufficient_scope' || bearerParameter(refusal.response, 'scope') !== null) return null
  const known = knownThen(refusal, context)
  const scope = known === null ? null : describedScope(refusal, context)
  if (known === null || scope === null) return null
  const held = known.scopes.granted ?? known.scopes.requested
  return {
    weight: 'likely',
    title: `The token lacks ${scope}.`,
    explanation: 'The API does not say why it refuses; the service’s description names this scope for the request.',
    evidence: [
      ...apiEvidence(refusal),
      evidence(null, 'described', scope),
      evidence(null, 'scopes held', held.join(' ')),
    ],
    remedy: 'Connect again with it besides what the connection has; the request is then sent again.',
    actions: stepUp(context, [scope]),
    specification: rfc(6750, '3.1'),
  }
}
