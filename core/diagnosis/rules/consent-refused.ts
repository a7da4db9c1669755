// The person, or a rule of theirs, said no.
import { reconnect } from '../rule/actions.ts'
import { refusalEvidence, refusalIn } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const consentRefused: Rule = (events, context) => {
  const refusal = refusalIn(events)
  if (refusal?.reason !== 'access_denied') return null
  return {
    weight: 'cause',
    title: 'Access was denied on the server’s page.',
    explanation: 'Somebody pressed Deny there, or the account may not give this access.',
    evidence: refusalEvidence(refusal),
    remedy: 'Connect again and allow it, or sign in with an account that may.',
    actions: reconnect(context),
    specification: rfc(6749, '4.1.2.1'),
  }
}
