// The API itself is broken or overloaded.
import { durationText } from '../../../contract/flow/trouble-words.ts'
import { repeat } from '../rule/actions.ts'
import { apiEvidence, apiRefusal } from '../rule/api.ts'
import { waitAfter } from '../rule/rate-limit.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const apiTrouble: Rule = (events, context) => {
  const refusal = apiRefusal(events)
  if (refusal === undefined || refusal.status < 500 || refusal.status === 511) return null
  const wait = waitAfter(refusal.event)
  return {
    weight: 'cause',
    title: `The API failed with status ${refusal.status}.`,
    explanation: 'The service has a problem of its own; the token is not the reason.',
    evidence: apiEvidence(refusal),
    remedy: `Try again ${wait === null ? 'later' : `in ${durationText(wait)}`}.`,
    actions: repeat(context),
    specification: rfc(9110, '15.6'),
  }
}
