// The server does not offer the grant at all.
import { editService } from '../rule/actions.ts'
import { evidence, parameterOf } from '../rule/facts.ts'
import { refusalEvidence, refusalIn } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const grantNotOffered: Rule = (events, context) => {
  const refusal = refusalIn(events)
  if (refusal?.reason !== 'unsupported_grant' || refusal.purpose?.kind === 'refresh') return null
  const { event } = refusal
  const grantType = event.kind === 'exchange' ? parameterOf(event.request, 'grant_type') : null
  return {
    weight: 'cause',
    title: 'The server does not offer this grant.',
    explanation:
      'It is switched off for the whole server, or the service’s description names a grant that is not there.',
    evidence: [...(grantType === null ? [] : [evidence(event, 'grant_type', grantType)]), ...refusalEvidence(refusal)],
    remedy: 'Connect with another grant, or have this one switched on at the service.',
    actions: editService(context),
    specification: rfc(6749, '5.2'),
  }
}
