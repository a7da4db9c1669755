// The token endpoint answers with success, and with nothing.
import { editService, repeat } from '../rule/actions.ts'
import { answerEvidence, evidence } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'
import { isEmpty, tokenEndpointAnswer } from '../rule/token-endpoint.ts'

export const tokenAnswerEmpty: Rule = (events, context) => {
  const found = tokenEndpointAnswer(events)
  if (found === undefined || found.status >= 300 || !isEmpty(found.response)) return null
  const { event } = found
  return {
    weight: 'cause',
    title: 'The token endpoint answered with an empty body.',
    explanation: 'The status says success, and there is no token.',
    evidence: [evidence(event, 'url', event.request.url), ...answerEvidence(event)],
    remedy: 'Check that the address is the token endpoint’s. If it is, tell the service’s operator.',
    actions: [...editService(context), ...repeat(context)],
    specification: rfc(6749, '5.1'),
  }
}
