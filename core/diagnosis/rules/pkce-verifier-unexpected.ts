// A code verifier was sent with the code, and no challenge before.
import { evidence } from '../rule/facts.ts'
import { sentPkce } from '../rule/pkce.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const pkceVerifierUnexpected: Rule = (events) => {
  const sent = sentPkce(events)
  if (!sent?.exchange || sent.challenge !== null || sent.verifier === null) return null
  if (sent.refusal.event !== sent.exchange || sent.refusal.aboutClient) return null
  return {
    weight: 'cause',
    title: 'The token request sent a code verifier without a code challenge before.',
    explanation: 'The authorization request had none, so the server has nothing to compare the verifier with.',
    evidence: [
      evidence(sent.asked.event, 'code_challenge', ''),
      evidence(sent.exchange, 'code_verifier', sent.verifier),
      ...refusalEvidence(sent.refusal),
    ],
    remedy: 'Send code_challenge and code_challenge_method with the authorization request.',
    actions: [],
    specification: rfc(7636, '4.3'),
  }
}
