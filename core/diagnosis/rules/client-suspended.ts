// The service has stopped the client.
import { editClient, openRegistration } from '../rule/actions.ts'
import { refusalEvidence, refusalIn } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'

export const clientSuspended: Rule = (events, context) => {
  const refusal = refusalIn(events)
  if (refusal?.reason !== 'client_suspended') return null
  return {
    weight: 'cause',
    title: 'The service has stopped this client.',
    explanation: 'It was suspended, disabled or deleted there, whatever its secret.',
    evidence: refusalEvidence(refusal),
    remedy: 'Ask the person who looks after the client at the service, or connect with another client.',
    actions: [...openRegistration(context), ...editClient(context)],
    specification: null,
  }
}
