// The server wants PKCE, and none was sent.
import { editClient, reconnect } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { isPkceRefused, sentPkce } from '../rule/pkce.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const pkceRequired: Rule = (events, context) => {
  const sent = sentPkce(events)
  if (sent?.method !== 'off' || sent.verifier !== null || !isPkceRefused(events, sent)) return null
  return {
    weight: 'cause',
    title: 'The server wants PKCE, which was left out.',
    explanation: 'Many servers refuse public clients, some all clients, that do not bind the code to their request.',
    evidence: [evidence(sent.asked.event, 'code_challenge', ''), ...refusalEvidence(sent.refusal)],
    remedy: 'Connect again with PKCE (S256).',
    actions: [...reconnect(context, { pkce: 'S256' }), ...editClient(context)],
    specification: rfc(7636, '4.4.1'),
  }
}
