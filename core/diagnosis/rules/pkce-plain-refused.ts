// The server does not take PKCE with plain.
import { editClient, reconnect } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { isPkceRefused, sentPkce } from '../rule/pkce.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const pkcePlainRefused: Rule = (events, context) => {
  const sent = sentPkce(events)
  if (sent?.method !== 'plain' || sent.exchange !== null || !isPkceRefused(events, sent)) return null
  return {
    weight: 'cause',
    title: 'The server does not take PKCE with the method plain.',
    explanation: 'With plain anybody who reads the authorization request can use the code; most servers want S256.',
    evidence: [evidence(sent.asked.event, 'code_challenge_method', 'plain'), ...refusalEvidence(sent.refusal)],
    remedy: 'Connect again with S256.',
    actions: [...reconnect(context, { pkce: 'S256' }), ...editClient(context)],
    specification: rfc(7636, '4.4.1'),
  }
}
