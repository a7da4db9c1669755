// The organization of the person does not allow the client.
import { openRegistration, reconnect } from '../rule/actions.ts'
import { refusalEvidence, refusalIn } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'

export const organizationPolicy: Rule = (events, context) => {
  const refusal = refusalIn(events)
  if (refusal?.reason !== 'policy') return null
  return {
    weight: 'cause',
    title: 'Your organization does not allow this client.',
    explanation: 'An administrator has to allow it before anybody there can consent.',
    evidence: refusalEvidence(refusal),
    remedy: 'Ask an administrator of your organization to allow it, then connect again.',
    actions: [...openRegistration(context), ...reconnect(context)],
    specification: null,
  }
}
