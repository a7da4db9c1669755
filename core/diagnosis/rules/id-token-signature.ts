// The ID token's signature is not by the issuer's keys.
import { editService, reconnect } from '../rule/actions.ts'
import { evidence, exchangesFor } from '../rule/facts.ts'
import { failedFirst, weightIn } from '../rule/id-token.ts'
import type { Rule } from '../rule/rule.ts'
import { openIdCore } from '../rule/specification.ts'

export const idTokenSignature: Rule = (events, context) => {
  const check = failedFirst(events, 'id_token_signature')
  if (check === null) return null
  const algorithm = String(check.found ?? '')
  const isBySecret = algorithm.startsWith('HS')
  const keys = exchangesFor(events, 'issuer_keys').at(-1)
  return {
    weight: weightIn(context),
    title: isBySecret
      ? 'The ID token is not signed with this client’s secret.'
      : 'The ID token is not signed with the issuer’s keys.',
    explanation: isBySecret
      ? `${algorithm} signs with the client secret: the stored one is another than the server’s.`
      : 'The keys at the address in the description are not those that signed it.',
    evidence: [evidence(check, 'alg', algorithm), ...(keys ? [evidence(keys, 'jwks_uri', keys.request.url)] : [])],
    remedy: isBySecret
      ? 'Enter the client secret that the service shows now.'
      : 'Check the address of the keys (openid.jwksUri) in the service’s description, then connect again.',
    actions: [...(isBySecret ? [] : editService(context)), ...reconnect(context)],
    specification: openIdCore('10.1', 'Signing'),
  }
}
