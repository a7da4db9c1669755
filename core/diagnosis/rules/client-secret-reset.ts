// The same client secret worked before: it was reset at the service, or its client is gone.
import { openRegistration, replaceSecret } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import { lastAccepted, mayBeWrongSecret, refusedClient } from '../rule/refused-client.ts'
import type { Rule } from '../rule/rule.ts'

export const clientSecretReset: Rule = (events, context) => {
  const refused = refusedClient(events)
  if (refused === null || !mayBeWrongSecret(refused)) return null
  const { refusal, event, sent } = refused
  const before = lastAccepted(sent.clientId, context)
  if (before === null || sent.secret === null) return null
  if (before.sent.secret !== sent.secret || before.sent.method !== sent.method) return null
  return {
    weight: refusal.detail === undefined ? 'likely' : 'cause',
    title: 'The client secret worked before, and is refused now.',
    explanation: 'Somebody reset it at the service, or deleted the client there.',
    evidence: [
      evidence(event, 'client_secret', sent.secret),
      evidence(null, 'worked at', new Date(before.flow.startedAt).toISOString()),
      ...refusalEvidence(refusal),
    ],
    remedy: 'Enter the new client secret. All connections of this client go on with it.',
    actions: [...replaceSecret(context), ...openRegistration(context)],
    specification: null,
  }
}
