// HTTP Basic has two spellings, encoded first or not, and servers take one of them.
import { editClient, reconnect } from '../rule/actions.ts'
import { methodWords } from '../rule/client.ts'
import { evidence, lastCheck } from '../rule/facts.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import { lastAccepted, refusedClient } from '../rule/refused-client.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const basicSpelling: Rule = (events, context) => {
  const refused = refusedClient(events)
  if (refused?.sent.method !== 'basic' || refused.refusal.detail !== undefined) return null
  const spelled = lastCheck(events, 'basic_spelling')
  if (!spelled || lastAccepted(refused.sent.clientId, context) !== null) return null
  const other = spelled.found === 'basic' ? 'basic-raw' : 'basic'
  return {
    weight: 'likely',
    title: 'The server may want HTTP Basic in its other spelling.',
    explanation:
      'The client id or the secret holds characters that are encoded before they are sent, or not: servers differ.',
    evidence: [evidence(spelled, 'client authentication', String(spelled.found)), ...refusalEvidence(refused.refusal)],
    remedy: `Connect again with ${methodWords[other]}.`,
    actions: [...reconnect(context, { clientAuthentication: other }), ...editClient(context)],
    specification: rfc(6749, '2.3.1'),
  }
}
