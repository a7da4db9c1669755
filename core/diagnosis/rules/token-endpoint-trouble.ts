// The authorization server itself is broken or overloaded; it has refused nothing.
import { durationText } from '../../../contract/flow/trouble-words.ts'
import { repeat } from '../rule/actions.ts'
import { answerEvidence, evidence, headerOf } from '../rule/facts.ts'
import { waitAfter } from '../rule/rate-limit.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'
import { tokenEndpointAnswer } from '../rule/token-endpoint.ts'

export const tokenEndpointTrouble: Rule = (events, context) => {
  const found = tokenEndpointAnswer(events)
  if (found === undefined || found.status < 500 || found.status === 511) return null
  const { event, response, status } = found
  const wait = waitAfter(event)
  const retryAfter = headerOf(response, 'retry-after')
  const isRefresh = event.purpose.kind === 'refresh' && event.purpose.with !== 'client_credentials'
  return {
    weight: 'cause',
    title: `The token endpoint failed with status ${status}.`,
    explanation:
      isRefresh && status === 500
        ? 'The server has a problem of its own; some servers answer so to a refresh token that is dead.'
        : 'The server has a problem of its own, and has refused nothing.',
    evidence: [...answerEvidence(event), ...(retryAfter === null ? [] : [evidence(event, 'retry-after', retryAfter)])],
    remedy: `Try again ${wait === null ? 'later' : `in ${durationText(wait)}`}. ${
      isRefresh && status === 500 ? 'If it goes on, connect again.' : 'If it goes on, ask the service’s operator.'
    }`,
    actions: repeat(context),
    specification: rfc(9110, '15.6'),
  }
}
