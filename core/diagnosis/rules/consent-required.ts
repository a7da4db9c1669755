// The server wants the consent of the person, or of an administrator, first.
import { reconnect } from '../rule/actions.ts'
import { askedIn } from '../rule/authorization.ts'
import { refusalEvidence, refusalIn } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { openIdCore } from '../rule/specification.ts'

export const consentRequired: Rule = (events, context) => {
  const refusal = refusalIn(events)
  if (refusal?.reason !== 'consent_required') return null
  // What prompt=none forbids is said by a rule of its own.
  if (refusal.by === 'authorization_endpoint' && askedIn(events)?.parameter('prompt') === 'none') return null
  return {
    weight: 'cause',
    title: 'The server wants consent that was not given.',
    explanation: 'The consent was withdrawn, or it does not cover all that is asked for now.',
    evidence: refusalEvidence(refusal),
    remedy: 'Connect again and give your consent in the browser. Where it does not ask, have an administrator give it.',
    actions: reconnect(context, { parameters: { prompt: 'consent' } }),
    specification: openIdCore('3.1.2.6', 'AuthError'),
  }
}
