// The code verifier is not the one that the code challenge was made of.
import { reconnect } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { sentPkce } from '../rule/pkce.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const pkceVerifierWrong: Rule = (events, context) => {
  const sent = sentPkce(events)
  if (!sent?.exchange || sent.challenge === null || sent.verifier === null) return null
  const { refusal, challenge, verifier, method } = sent
  if (refusal.event !== sent.exchange || refusal.aboutClient) return null
  // With plain the two are one text; with S256 only the server's word tells.
  const isOther = method === 'plain' && challenge !== verifier
  if (!isOther && !refusal.aboutPkce) return null
  return {
    weight: isOther || refusal.detail === 'verifier_wrong' ? 'cause' : 'likely',
    title: 'The code verifier does not belong to the code challenge.',
    explanation:
      'Either the verifier of another attempt was sent, or the challenge was made in another way than its method says.',
    evidence: [
      evidence(sent.asked.event, 'code_challenge', challenge),
      evidence(sent.asked.event, 'code_challenge_method', method),
      evidence(sent.exchange, 'code_verifier', verifier),
      ...refusalEvidence(refusal),
    ],
    remedy: 'Connect again, in one attempt at a time.',
    actions: reconnect(context),
    specification: rfc(7636, '4.6'),
  }
}
