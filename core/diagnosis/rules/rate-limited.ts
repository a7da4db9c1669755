// Too many requests: at the API or at the authorization server.
import { durationText } from '../../../contract/flow/trouble-words.ts'
import { repeat } from '../rule/actions.ts'
import { answerEvidence, evidence, hostOf } from '../rule/facts.ts'
import { limitHeaders, waitAfter } from '../rule/rate-limit.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const rateLimited: Rule = (events, context) => {
  const event = events.findLast((one) => one.kind === 'exchange')
  if (event?.kind !== 'exchange' || event.response?.status !== 429) return null
  const wait = waitAfter(event)
  const host = hostOf(event.request.url)
  return {
    weight: 'cause',
    title: `${host} has had too many requests.`,
    explanation:
      wait === null
        ? 'It does not say when it takes requests again.'
        : `It takes requests again ${durationText(wait)} after this answer.`,
    evidence: [
      ...answerEvidence(event),
      ...limitHeaders(event.response).map(([name, value]) => evidence(event, name, value)),
    ],
    remedy:
      wait === null
        ? 'Wait a minute, then try again; send fewer requests at a time.'
        : `Try again in ${durationText(wait)}, or send fewer requests at a time.`,
    actions: repeat(context),
    specification: rfc(6585, '4'),
  }
}
