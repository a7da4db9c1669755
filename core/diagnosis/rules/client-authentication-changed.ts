// The token endpoint took the client with another authentication method before.
import { editClient, reconnect } from '../rule/actions.ts'
import { methodWords } from '../rule/client.ts'
import { evidence } from '../rule/facts.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import { lastAccepted, refusedClient } from '../rule/refused-client.ts'
import type { Rule } from '../rule/rule.ts'

export const clientAuthenticationChanged: Rule = (events, context) => {
  const refused = refusedClient(events)
  if (refused === null || refused.refusal.detail !== undefined) return null
  const { refusal, event, sent } = refused
  const before = lastAccepted(sent.clientId, context)?.sent
  if (!before || before.method === 'assertion' || before.method === sent.method) return null
  return {
    weight: 'likely',
    title: 'The client authenticated otherwise than when it last worked.',
    explanation: 'The server took this client with another authentication method before.',
    evidence: [
      evidence(event, 'client authentication', sent.method),
      evidence(null, 'worked before', before.method),
      ...refusalEvidence(refusal),
    ],
    remedy: `Connect again with what worked: ${methodWords[before.method]}.`,
    actions: [...reconnect(context, { clientAuthentication: before.method }), ...editClient(context)],
    specification: null,
  }
}
