// The scopes were sent with commas between them, and the server takes them for one.
import { editService } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { refusalEvidence, refusalIn } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { askedScopes } from '../rule/scopes.ts'
import { rfc } from '../rule/specification.ts'

export const scopeSeparator: Rule = (events, context) => {
  const refusal = refusalIn(events)
  const asked = askedScopes(events, context.service)
  if (refusal?.reason !== 'invalid_scope' || asked === null) return null
  const comma = asked.text.indexOf(',')
  if (comma <= 0 || asked.text.includes(' ')) return null
  return {
    weight: 'likely',
    title: 'The scopes were sent with commas between them.',
    explanation: 'Most servers want blanks, and take such a text for one scope that they do not know.',
    evidence: [evidence(asked.event, 'scope', asked.text, [comma, comma + 1]), ...refusalEvidence(refusal)],
    remedy: 'Set the separator of scopes to a blank in the service’s description, then connect again.',
    actions: editService(context),
    specification: rfc(6749, '3.3'),
  }
}
