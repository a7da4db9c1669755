// The token response is a form, as GitHub's was once and older servers' is still; it is read all the same.

import { evidence, headerOf } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'
import { isForm, tokenEndpointAnswer } from '../rule/token-endpoint.ts'

export const tokenAnswerForm: Rule = (events) => {
  const found = tokenEndpointAnswer(events)
  if (found === undefined || found.status >= 300) return null
  if (!isForm(found.response) || new URLSearchParams(found.response.body ?? '').get('access_token') === null)
    return null
  return {
    weight: 'odd',
    title: 'The token response is a form, not JSON.',
    explanation: 'Grantdesk reads it; a library that keeps to the specification does not.',
    evidence: [evidence(found.event, 'content-type', headerOf(found.response, 'content-type') ?? '')],
    remedy: 'Nothing has to be done here. In a program of yours, send “Accept: application/json”, or read the form.',
    actions: [],
    specification: rfc(6749, '5.1'),
  }
}
