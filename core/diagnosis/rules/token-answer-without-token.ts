// The token endpoint answers with success, with something that holds no token.
import { memberNames, placesOfTokens, tokensIn, usualPlaces } from '../../oauth/token-places.ts'
import { isRefusal } from '../../oauth/tolerance.ts'
import { editService } from '../rule/actions.ts'
import { answerEvidence, evidence, headerOf, mediaType } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'
import { answerIn, isEmpty, tokenEndpointAnswer } from '../rule/token-endpoint.ts'

export const tokenAnswerWithoutToken: Rule = (events, context) => {
  const found = tokenEndpointAnswer(events)
  if (found === undefined || found.status >= 300) return null
  const { event, response } = found
  if (isEmpty(response) || response.truncated || mediaType(response).includes('html')) return null
  const places = context.service?.tokenResponse ?? usualPlaces
  const answer = answerIn(response)
  const hasToken = tokensIn(answer, places, null).length > 0 || placesOfTokens(answer).length > 0
  if (hasToken || isRefusal(answer)) return null
  const names = memberNames(answer)
  return {
    weight: 'cause',
    title: answer === undefined ? 'The answer of the token endpoint is not JSON.' : 'The answer holds no access token.',
    explanation: answer === undefined ? 'It could not be read.' : 'None of its members is one that a token stands in.',
    evidence: [
      ...answerEvidence(event),
      answer === undefined
        ? evidence(event, 'content-type', headerOf(response, 'content-type') ?? '')
        : evidence(event, 'members', names.join(', ')),
    ],
    remedy:
      names.length > 0
        ? 'If one of the members is the token, name it in the service’s description (tokenResponse.accessToken).'
        : 'Check that the address is the token endpoint’s.',
    actions: editService(context),
    specification: rfc(6749, '5.1'),
  }
}
