// The server does not take PKCE with S256: it knows another method only, or no PKCE at all.
import { editClient, reconnect } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { isPkceRefused, sentPkce } from '../rule/pkce.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const pkceRefused: Rule = (events, context) => {
  const sent = sentPkce(events)
  if (sent?.method !== 'S256' || sent.exchange !== null || !isPkceRefused(events, sent)) return null
  const isMethod = sent.refusal.detail === 'challenge_method'
  return {
    weight: 'cause',
    title: isMethod ? 'The server does not take the PKCE method S256.' : 'The server does not take PKCE with S256.',
    explanation: 'A server that knows no PKCE should ignore it; this one refuses the request.',
    evidence: [evidence(sent.asked.event, 'code_challenge_method', 'S256'), ...refusalEvidence(sent.refusal)],
    remedy:
      'Try plain, with which anybody who reads the authorization request can use the code. Without PKCE anybody who reads the redirect can: leave it out last.',
    actions: [...reconnect(context, { pkce: 'plain' }), ...reconnect(context, { pkce: 'off' }), ...editClient(context)],
    specification: rfc(7636, '4.4.1'),
  }
}
