// The API wants the person to have signed in more recently, or by a stronger method.
import { reconnect } from '../rule/actions.ts'
import { apiEvidence, apiRefusal } from '../rule/api.ts'
import { bearerParameter } from '../rule/challenge.ts'
import { evidence } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const apiStrongerSignIn: Rule = (events, context) => {
  const refusal = apiRefusal(events, 401, 403)
  if (refusal?.error !== 'insufficient_user_authentication') return null
  const acr = bearerParameter(refusal.response, 'acr_values')
  const maxAge = bearerParameter(refusal.response, 'max_age')
  const parameters = { ...(acr === null ? {} : { acr_values: acr }), ...(maxAge === null ? {} : { max_age: maxAge }) }
  return {
    weight: 'cause',
    title:
      acr === null
        ? 'The API wants a more recent sign-in.'
        : 'The API wants a stronger sign-in, such as a second factor.',
    explanation: 'The token is good; the way the person signed in for it is not enough for this request.',
    evidence: [
      ...apiEvidence(refusal),
      ...Object.entries(parameters).map(([name, value]) => evidence(refusal.event, name, value)),
    ],
    remedy: 'Connect again with what the API asks for; the server then asks you to sign in again.',
    actions: reconnect(context, { parameters }),
    specification: rfc(9470, '3'),
  }
}
