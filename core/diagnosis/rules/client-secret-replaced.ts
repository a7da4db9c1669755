// Another client secret worked before: the one here was changed since.
import { openRegistration, replaceSecret } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import { lastAccepted, mayBeWrongSecret, refusedClient } from '../rule/refused-client.ts'
import type { Rule } from '../rule/rule.ts'

export const clientSecretReplaced: Rule = (events, context) => {
  const refused = refusedClient(events)
  if (refused === null || !mayBeWrongSecret(refused)) return null
  const { refusal, event, sent } = refused
  const before = lastAccepted(sent.clientId, context)?.sent.secret ?? null
  if (before === null || sent.secret === null || before === sent.secret) return null
  return {
    weight: refusal.detail === undefined ? 'likely' : 'cause',
    title: 'The client secret is another one than when it last worked.',
    explanation: 'The new one may be of another client, cut, or not yet in use at the service.',
    evidence: [
      evidence(event, 'client_secret', sent.secret),
      evidence(null, 'worked before', before),
      ...refusalEvidence(refusal),
    ],
    remedy: 'Copy the client secret from the service again, whole, and enter it here.',
    actions: [...replaceSecret(context), ...openRegistration(context)],
    specification: null,
  }
}
