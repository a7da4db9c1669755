// The token endpoint does not read the encoding that the request was sent in: a form, or JSON.
import { refusedParameter } from '../../oauth/refusal-reason.ts'
import { serverWords } from '../../oauth/server-words.ts'
import { editService } from '../rule/actions.ts'
import { answerEvidence, evidence, headerOf, mediaType, parameterOf } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'
import { type TokenEndpointAnswer, tokenEndpointAnswer } from '../rule/token-endpoint.ts'

export const tokenRequestEncoding: Rule = (events, context) => {
  const found = tokenEndpointAnswer(events)
  if (found === undefined) return null
  const overlooked = overlookedParameter(found)
  if (found.status !== 415 && overlooked === null) return null
  const { event } = found
  const sent = mediaType(event.request)
  const other = sent.endsWith('json') ? 'a form' : 'JSON'
  return {
    weight: found.status === 415 ? 'cause' : 'likely',
    title: `The token endpoint seems to want ${other}.`,
    explanation:
      overlooked === null
        ? 'It does not read the media type that was sent.'
        : `It misses ${overlooked}, which was sent: it read the body as something else.`,
    evidence: [
      evidence(event, 'content-type', headerOf(event.request, 'content-type') ?? ''),
      ...answerEvidence(event),
    ],
    remedy: `Set the encoding of token requests to ${other} in the service’s description, then connect again.`,
    actions: editService(context),
    specification: rfc(6749, '4.1.3'),
  }
}

/** A parameter that was sent, and that the answer says is missing. */
function overlookedParameter({ event, response, status }: TokenEndpointAnswer): string | null {
  if (status !== 400 && status !== 422) return null
  const words = serverWords({ get: (name) => headerOf(response, name) }, response.body ?? '')
  const name = refusedParameter(words)
  return name !== null && parameterOf(event.request, name) !== null ? name : null
}
