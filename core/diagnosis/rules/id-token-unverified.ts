// The signature of the ID token was not verified, because no key was to be had.
import { editService } from '../rule/actions.ts'
import { answerEvidence, evidence, exchangesFor, lastCheck } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { openIdCore } from '../rule/specification.ts'

export const idTokenUnverified: Rule = (events, context) => {
  const check = lastCheck(events, 'id_token_signature')
  if (check?.reason !== 'no_key') return null
  const algorithm = String(check.found ?? '')
  const keys = exchangesFor(events, 'issuer_keys').at(-1)
  return {
    weight: 'odd',
    title: 'The ID token’s signature was not verified.',
    explanation:
      algorithm === 'none' || algorithm === ''
        ? 'It has none. It came from the token endpoint itself, over TLS.'
        : 'No key was to be had. It came from the token endpoint itself, over TLS, which is enough by the specification.',
    evidence: [
      evidence(check, 'alg', algorithm),
      ...(keys ? [evidence(keys, 'jwks_uri', keys.request.url), ...answerEvidence(keys)] : []),
    ],
    remedy: 'Name the address of the issuer’s keys in the service’s description (openid.jwksUri), if there is one.',
    actions: editService(context),
    specification: openIdCore('3.1.3.7', 'IDTokenValidation'),
  }
}
