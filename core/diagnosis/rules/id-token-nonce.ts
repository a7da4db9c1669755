// The ID token has another nonce than this attempt sent, or none.
import { reconnect } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { failedFirst, weightIn } from '../rule/id-token.ts'
import type { Rule } from '../rule/rule.ts'
import { openIdCore } from '../rule/specification.ts'

export const idTokenNonce: Rule = (events, context) => {
  const check = failedFirst(events, 'nonce')
  if (check === null) return null
  const isMissing = check.reason === 'missing'
  return {
    weight: weightIn(context),
    title: isMissing ? 'The ID token has no nonce.' : 'The ID token’s nonce is not this attempt’s.',
    explanation: isMissing
      ? 'The server did not copy it from the authorization request, so the token is not bound to this attempt.'
      : 'The token belongs to another sign-in: it may have been replayed.',
    evidence: [evidence(check, 'nonce', isMissing ? 'missing' : 'different')],
    remedy: isMissing ? 'Tell the server’s operator.' : 'Connect again; if it happens again, do not go on.',
    actions: reconnect(context),
    specification: openIdCore('3.1.3.7', 'IDTokenValidation'),
  }
}
