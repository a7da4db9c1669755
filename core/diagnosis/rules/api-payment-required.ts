// The plan of the workspace does not include this request.
import { apiEvidence, apiRefusal } from '../rule/api.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const apiPaymentRequired: Rule = (events) => {
  const refusal = apiRefusal(events, 402)
  if (refusal === undefined) return null
  return {
    weight: 'cause',
    title: 'The service’s plan does not include this.',
    explanation: 'The token is good; the service asks for payment before it answers this.',
    evidence: apiEvidence(refusal),
    remedy: 'Ask whoever pays for the workspace, or use another one.',
    actions: [],
    specification: rfc(9110, '15.5.3'),
  }
}
