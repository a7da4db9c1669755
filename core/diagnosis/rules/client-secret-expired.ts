// The client secret had an end, which has passed.
import { openRegistration, replaceSecret } from '../rule/actions.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import { refusedClient } from '../rule/refused-client.ts'
import type { Rule } from '../rule/rule.ts'

export const clientSecretExpired: Rule = (events, context) => {
  const refused = refusedClient(events)
  if (refused?.refusal.detail !== 'secret_expired') return null
  return {
    weight: 'cause',
    title: 'The client secret has expired.',
    explanation: 'The service gives client secrets an end, after which none of the client’s requests is accepted.',
    evidence: refusalEvidence(refused.refusal),
    remedy: 'Make a new client secret at the service and enter it here. The connections of this client go on with it.',
    actions: [...replaceSecret(context), ...openRegistration(context)],
    specification: null,
  }
}
