// The client secret that was refused has blanks or quotes around it, kept by the person's decision.
import { replaceSecret } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import { keptBlanks, refusedClient } from '../rule/refused-client.ts'
import type { Rule } from '../rule/rule.ts'

export const clientSecretBlanks: Rule = (events, context) => {
  const refused = refusedClient(events)
  const kept = keptBlanks(events)
  if (refused === null || kept === null) return null
  const { refusal } = refused
  if (refusal.detail !== undefined && refusal.detail !== 'secret_wrong') return null
  return {
    weight: refusal.detail === undefined ? 'likely' : 'cause',
    title: 'The client secret was sent with blanks or quotes around it.',
    explanation: 'They come along when a secret is copied, and to the server it is another secret then.',
    evidence: [evidence(kept, 'around client_secret', 'kept'), ...refusalEvidence(refusal)],
    remedy: 'Enter the client secret again without them.',
    actions: replaceSecret(context),
    specification: null,
  }
}
