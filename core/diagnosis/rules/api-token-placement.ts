// The API wants another authentication scheme than the one the token was sent with.
import { editService } from '../rule/actions.ts'
import { apiEvidence, apiRefusal } from '../rule/api.ts'
import { evidence } from '../rule/facts.ts'
import { otherSchemes, schemeOf, sentKey, tokenHeaderOf } from '../rule/placement.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const apiTokenPlacement: Rule = (events, context) => {
  const refusal = apiRefusal(events, 401)
  if (refusal === undefined || sentKey(refusal, context) !== null) return null
  const sent = tokenHeaderOf(refusal, context)
  const wanted = otherSchemes(refusal, context)
  if (sent === null || wanted.length === 0) return null
  const scheme = schemeOf(sent.value)
  const isDpop = wanted.includes('dpop')
  return {
    weight: 'cause',
    title: `The API asks for ${wanted.join(', ')}, and the token was sent otherwise.`,
    explanation: scheme === '' ? `The token stood in ${sent.name} without a scheme.` : `It was sent as ${scheme}.`,
    evidence: [evidence(refusal.event, sent.name, sent.value), ...apiEvidence(refusal)],
    remedy: isDpop
      ? 'Grantdesk cannot send proofs with tokens (DPoP): switch it off for this client at the service.'
      : 'Correct the header and its prefix in the service’s description (bearer), or use the credentials that this API is made for.',
    actions: editService(context),
    specification: isDpop ? rfc(9449, '7.1') : rfc(9110, '11.6.1'),
  }
}
