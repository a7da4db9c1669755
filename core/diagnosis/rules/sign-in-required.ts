// The server wants the person to sign in on its own pages first.
import { reconnect } from '../rule/actions.ts'
import { askedIn } from '../rule/authorization.ts'
import { refusalEvidence, refusalIn } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { openIdCore } from '../rule/specification.ts'

export const signInRequired: Rule = (events, context) => {
  const refusal = refusalIn(events)
  if (refusal?.reason !== 'login_required') return null
  // What prompt=none forbids is said by a rule of its own.
  if (refusal.by === 'authorization_endpoint' && askedIn(events)?.parameter('prompt') === 'none') return null
  return {
    weight: 'cause',
    title: 'The server wants you to sign in again.',
    explanation: 'The sign-in is too old for it, or it asks for more, such as a second factor.',
    evidence: refusalEvidence(refusal),
    remedy: 'Connect again in the browser and do what the server asks there.',
    actions: reconnect(context),
    specification: openIdCore('3.1.2.6', 'AuthError'),
  }
}
