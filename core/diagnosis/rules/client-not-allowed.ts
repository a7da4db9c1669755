// The server knows the client, and does not let it use the grant.
import { openRegistration } from '../rule/actions.ts'
import { evidence, parameterOf } from '../rule/facts.ts'
import { refusalEvidence, refusalIn } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const clientNotAllowed: Rule = (events, context) => {
  const refusal = refusalIn(events)
  // What keeps a client from refreshing is a rule of its own.
  if (refusal === null || refusal.purpose?.kind === 'refresh' || refusal.detail === 'client_unknown') return null
  if (refusal.reason !== 'unauthorized_client' && refusal.detail !== 'grant_not_allowed') return null
  const { event } = refusal
  const grantType = event.kind === 'exchange' ? parameterOf(event.request, 'grant_type') : null
  const steps = context.grant?.steps ?? ''
  const page = context.grant?.page
  return {
    weight: 'cause',
    title: 'The client may not use this grant.',
    explanation: 'At the service each client is allowed single grants, and this one is not among them.',
    evidence: [...(grantType === null ? [] : [evidence(event, 'grant_type', grantType)]), ...refusalEvidence(refusal)],
    remedy: steps || 'Allow this grant for the client at the service, or connect with another grant.',
    actions: page ? [{ action: 'open_page', page: 'registration', url: page }] : openRegistration(context),
    specification: rfc(6749, '5.2'),
  }
}
