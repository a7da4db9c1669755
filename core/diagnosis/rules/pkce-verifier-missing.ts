// A code challenge was sent with the authorization request, and no verifier with the code.
import { evidence } from '../rule/facts.ts'
import { sentPkce } from '../rule/pkce.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const pkceVerifierMissing: Rule = (events) => {
  const sent = sentPkce(events)
  if (!sent?.exchange || sent.challenge === null || sent.verifier !== null) return null
  if (sent.refusal.event !== sent.exchange || sent.refusal.aboutClient) return null
  return {
    weight: 'cause',
    title: 'The token request left out the code verifier.',
    explanation: 'The authorization request sent a code challenge, so the code is worth nothing without its verifier.',
    evidence: [
      evidence(sent.asked.event, 'code_challenge', sent.challenge),
      evidence(sent.exchange, 'code_verifier', ''),
      ...refusalEvidence(sent.refusal),
    ],
    remedy: 'Keep the code verifier until the code comes, and send it with the token request.',
    actions: [],
    specification: rfc(7636, '4.5'),
  }
}
