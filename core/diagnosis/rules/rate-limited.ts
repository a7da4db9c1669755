// Too many requests: at the API or at the authorization server. Some APIs say so with 403, and tell it by their headers alone.

import type { RecordedResponse } from '../../../contract/flow/exchange.ts'
import { durationText } from '../../../contract/flow/trouble-words.ts'
import { repeat } from '../rule/actions.ts'
import { answerEvidence, evidence, headerOf, hostOf } from '../rule/facts.ts'
import { limitHeaders, waitAfter } from '../rule/rate-limit.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const rateLimited: Rule = (events, context) => {
  const event = events.findLast((one) => one.kind === 'exchange')
  if (event?.kind !== 'exchange' || event.response === null || !isLimited(event.response)) return null
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

/** 429, or a 403 that names when to ask again or says that nothing is left. */
export function isLimited(response: RecordedResponse): boolean {
  if (response.status !== 403) return response.status === 429
  const left = headerOf(response, 'x-ratelimit-remaining') ?? headerOf(response, 'ratelimit-remaining')
  return left === '0' || headerOf(response, 'retry-after') !== null
}
