// The answer holds an access token, though not where one was looked for.
import { placesOfTokens, tokensIn, usualPlaces } from '../../oauth/token-places.ts'
import { editService } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'
import { answerIn, tokenEndpointAnswer } from '../rule/token-endpoint.ts'

export const tokenAnswerElsewhere: Rule = (events, context) => {
  const found = tokenEndpointAnswer(events)
  if (found === undefined || found.status >= 300) return null
  const answer = answerIn(found.response)
  const places = context.service?.tokenResponse ?? usualPlaces
  if (tokensIn(answer, places, null).length > 0) return null
  const [place] = placesOfTokens(answer)
  if (place === undefined) return null
  const described = places.accessToken.length > 0 ? places.accessToken.join(', ') : 'access_token'
  return {
    weight: 'cause',
    title: `The access token is at ${place}.`,
    explanation: `It was looked for at ${described}.`,
    evidence: [evidence(found.event, 'place', place), evidence(null, 'described', described)],
    remedy: `Enter ${place} as the place of the access token in the service’s description (tokenResponse.accessToken), then connect again.`,
    actions: editService(context),
    specification: rfc(6749, '5.1'),
  }
}
