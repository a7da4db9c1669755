// The server says that the client secret is wrong, and nothing here tells why.
import { openRegistration, replaceSecret } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import { keptBlanks, lastAccepted, refusedClient } from '../rule/refused-client.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const clientSecretWrong: Rule = (events, context) => {
  const refused = refusedClient(events)
  if (refused?.refusal.detail !== 'secret_wrong' || keptBlanks(events) !== null) return null
  const { refusal, event, sent } = refused
  // Where it is known whether the secret worked before, that is said instead.
  const before = lastAccepted(sent.clientId, context)?.sent
  if (before?.secret && (before.secret !== sent.secret || before.method === sent.method)) return null
  return {
    weight: 'cause',
    title: 'The client secret is wrong.',
    explanation: 'Often it is cut when copied, belongs to another client, or is the secret’s id instead of the secret.',
    evidence: [
      ...(sent.secret === null ? [] : [evidence(event, 'client_secret', sent.secret)]),
      ...refusalEvidence(refusal),
    ],
    remedy: 'Copy the client secret from the service again, or make a new one there, and enter it here.',
    actions: [...replaceSecret(context), ...openRegistration(context)],
    specification: rfc(6749, '5.2'),
  }
}
