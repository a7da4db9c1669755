// The server does not refresh tokens, or not for this client.
import { editService, openRegistration, reconnect } from '../rule/actions.ts'
import { evidence, parameterOf } from '../rule/facts.ts'
import { refusalEvidence, refusalIn } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const refreshNotOffered: Rule = (events, context) => {
  const refusal = refusalIn(events)
  if (refusal?.purpose?.kind !== 'refresh' || refusal.event.kind !== 'exchange') return null
  const isForClient = refusal.reason === 'unauthorized_client'
  if (!isForClient && refusal.reason !== 'unsupported_grant') return null
  if (refusal.detail === 'client_unknown') return null
  return {
    weight: 'cause',
    title: isForClient ? 'The server does not let this client refresh.' : 'The server does not refresh tokens.',
    explanation: isForClient
      ? 'The refresh token grant is not switched on for the client.'
      : 'It gave a refresh token, and does not take it at this endpoint; it may have another one for that.',
    evidence: [
      evidence(refusal.event, 'grant_type', parameterOf(refusal.event.request, 'grant_type') ?? ''),
      ...refusalEvidence(refusal),
    ],
    remedy: isForClient
      ? 'Allow refresh tokens for the client at the service; until then, connect again.'
      : 'Look for another refresh endpoint in the service’s documentation; until then, connect again.',
    actions: [...(isForClient ? openRegistration(context) : editService(context)), ...reconnect(context)],
    specification: rfc(6749, '6'),
  }
}
