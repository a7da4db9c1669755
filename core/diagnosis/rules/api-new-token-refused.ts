// The API refuses a token, and the one that a refresh brought just then, too: it wants tokens for another audience.
import { editService, reconnect } from '../rule/actions.ts'
import { apiEvidence } from '../rule/api.ts'
import { bearerParameter } from '../rule/challenge.ts'
import { evidence, lastOf } from '../rule/facts.ts'
import { refusedToken } from '../rule/refused-token.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const apiNewTokenRefused: Rule = (events, context) => {
  const refusal = refusedToken(events, context)
  const again = lastOf(events, 'second_try')
  if (refusal === null || again === undefined || again.failure !== null) return null
  const resources = context.connection?.resources ?? []
  const metadata = bearerParameter(refusal.response, 'resource_metadata')
  return {
    weight: 'likely',
    title: 'The API does not accept tokens of this connection, not even a new one.',
    explanation: 'A token is for one audience, and this API seems to be another, or to trust another server.',
    evidence: [
      evidence(again, 'refreshed', 'yes'),
      ...apiEvidence(refusal),
      ...(resources.length > 0 ? [evidence(null, 'resource', resources.join(' '))] : []),
      ...(metadata === null ? [] : [evidence(refusal.event, 'resource_metadata', metadata)]),
    ],
    remedy: 'Check the API’s address, and connect with the resource indicator of this API.',
    actions: [...reconnect(context), ...editService(context)],
    specification: rfc(8707, '2'),
  }
}
