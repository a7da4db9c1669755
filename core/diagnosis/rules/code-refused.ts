// The token endpoint refused the code without saying why, and nothing here tells.
import { reconnect } from '../rule/actions.ts'
import { refusedCode } from '../rule/code.ts'
import { evidence } from '../rule/facts.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const codeRefused: Rule = (events, context) => {
  const refused = refusedCode(events)
  if (refused?.refusal.reason !== 'invalid_grant' || refused.refusal.detail !== undefined) return null
  const { refusal, exchange, code } = refused
  return {
    weight: 'likely',
    title: 'The server did not accept the code.',
    explanation:
      'It says invalid_grant for a code that has expired, was used, or belongs to another client or redirect URI.',
    evidence: [...(code === null ? [] : [evidence(exchange, 'code', code)]), ...refusalEvidence(refusal)],
    remedy:
      'Connect again for a new code. If that is refused, too, compare the client’s redirect URI with the registered one.',
    actions: reconnect(context),
    specification: rfc(6749, '5.2'),
  }
}
