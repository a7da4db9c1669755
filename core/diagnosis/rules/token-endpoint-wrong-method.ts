// The address of the token endpoint takes no POST: it is another page of the service.
import { editService } from '../rule/actions.ts'
import { answerEvidence, evidence, headerOf } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'
import { tokenEndpointAnswer } from '../rule/token-endpoint.ts'

export const tokenEndpointWrongMethod: Rule = (events, context) => {
  const found = tokenEndpointAnswer(events)
  if (found?.status !== 405) return null
  const { event, response } = found
  const allow = headerOf(response, 'allow')
  return {
    weight: 'cause',
    title: `The address of the token endpoint does not take ${event.request.method}.`,
    explanation: 'A token endpoint is asked by POST; this is probably the authorization endpoint, or a page.',
    evidence: [
      evidence(event, 'method', event.request.method),
      evidence(event, 'url', event.request.url),
      ...answerEvidence(event),
      ...(allow === null ? [] : [evidence(event, 'allow', allow)]),
    ],
    remedy: 'Correct the token endpoint in the service’s description.',
    actions: editService(context),
    specification: rfc(6749, '3.2'),
  }
}
