// The server does not know the client id.
import { editClient, openRegistration } from '../rule/actions.ts'
import { askedIn } from '../rule/authorization.ts'
import { sentClient } from '../rule/client.ts'
import { evidence } from '../rule/facts.ts'
import { refusalEvidence, refusalIn } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const clientUnknown: Rule = (events, context) => {
  const refusal = refusalIn(events)
  if (refusal === null) return null
  // At the authorization endpoint the client shows nothing but its id.
  const isById = refusal.by === 'authorization_endpoint' && refusal.aboutClient
  if (refusal.detail !== 'client_unknown' && !isById) return null
  const { event } = refusal
  const asked = askedIn(events)
  const sent =
    event.kind === 'exchange'
      ? { event, clientId: sentClient(event.request).clientId }
      : { event: asked?.event ?? event, clientId: asked?.parameter('client_id') ?? null }
  return {
    weight: 'cause',
    title: 'The server does not know this client.',
    explanation: 'The client id is wrong, belongs to another server, or its client was deleted there.',
    evidence: [
      ...(sent.clientId === null ? [] : [evidence(sent.event, 'client_id', sent.clientId)]),
      ...refusalEvidence(refusal),
    ],
    remedy: 'Compare the client id with the one that the service shows, and enter it again.',
    actions: [...editClient(context), ...openRegistration(context)],
    specification: rfc(6749, '5.2'),
  }
}
