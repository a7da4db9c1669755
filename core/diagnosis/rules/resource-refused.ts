// The server does not give the client tokens for the resource.
import { reconnect } from '../rule/actions.ts'
import { askedIn } from '../rule/authorization.ts'
import { evidence, parameterOf } from '../rule/facts.ts'
import { refusalEvidence, refusalIn } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const resourceRefused: Rule = (events, context) => {
  const refusal = refusalIn(events)
  if (refusal?.reason !== 'invalid_target') return null
  const asked = askedIn(events)
  const inToken = refusal.event.kind === 'exchange' ? parameterOf(refusal.event.request, 'resource') : null
  const resource = inToken ?? asked?.parameter('resource') ?? null
  const event = inToken === null ? (asked?.event ?? null) : refusal.event
  return {
    weight: 'cause',
    title: 'The server does not give this client tokens for this resource.',
    explanation: 'It does not know the resource indicator, or the client is not allowed to use that API.',
    evidence: [...(resource === null ? [] : [evidence(event, 'resource', resource)]), ...refusalEvidence(refusal)],
    remedy: 'Compare the resource indicator with what the API’s documentation says, to the last slash.',
    actions: reconnect(context),
    specification: rfc(8707, '2'),
  }
}
