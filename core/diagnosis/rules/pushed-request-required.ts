// The server takes authorization requests only if they were pushed before.
import { editService } from '../rule/actions.ts'
import { evidence, exchangesFor } from '../rule/facts.ts'
import { refusalEvidence, refusalIn } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const pushedRequestRequired: Rule = (events, context) => {
  const refusal = refusalIn(events)
  if (refusal?.by !== 'authorization_endpoint' || exchangesFor(events, 'pushed_authorization').length > 0) return null
  if (refusal.detail !== 'pushed_request_required') return null
  const endpoint = context.service?.endpoints.pushedAuthorization
  return {
    weight: 'cause',
    title: 'The server wants the authorization request pushed first.',
    explanation: 'Its parameters go to the server directly, and the browser carries a reference to them only (PAR).',
    evidence: [...(endpoint === undefined ? [] : [evidence(null, 'described', endpoint)]), ...refusalEvidence(refusal)],
    remedy: 'Enter the pushed authorization request endpoint in the service’s description, then connect again.',
    actions: editService(context),
    specification: rfc(9126, '5'),
  }
}
