// The server does not offer the response type, or the response mode, to the client.
import { openRegistration, reconnect } from '../rule/actions.ts'
import { refusalEvidence, refusalIn } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const responseTypeRefused: Rule = (events, context) => {
  const refusal = refusalIn(events)
  if (refusal?.reason !== 'unsupported_response_type') return null
  return {
    weight: 'cause',
    title: 'The server does not give codes to this client.',
    explanation:
      'It takes another response type or response mode than was asked for: often the client is registered for another grant.',
    evidence: refusalEvidence(refusal),
    remedy: 'Allow the authorization code grant for the client at the service, then connect again.',
    actions: [...openRegistration(context), ...reconnect(context)],
    specification: rfc(6749, '3.1.1'),
  }
}
