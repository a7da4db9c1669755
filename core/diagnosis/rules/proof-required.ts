// The server binds tokens to a key (DPoP).
import { openRegistration } from '../rule/actions.ts'
import { refusalEvidence, refusalIn } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const proofRequired: Rule = (events, context) => {
  const refusal = refusalIn(events)
  if (refusal?.reason !== 'dpop_required') return null
  return {
    weight: 'cause',
    title: 'The server wants proofs with tokens (DPoP).',
    explanation: 'It binds tokens to a key of the client, which Grantdesk cannot do.',
    evidence: refusalEvidence(refusal),
    remedy: 'Switch DPoP off for this client at the service.',
    actions: openRegistration(context),
    specification: rfc(9449, '5'),
  }
}
