// The ID token had ended when it came.
import { durationText } from '../../../contract/flow/trouble-words.ts'
import { reconnect } from '../rule/actions.ts'
import { clockSkew } from '../rule/clock.ts'
import { evidence } from '../rule/facts.ts'
import { failedFirst, weightIn } from '../rule/id-token.ts'
import type { Rule } from '../rule/rule.ts'
import { openIdCore } from '../rule/specification.ts'

export const idTokenExpired: Rule = (events, context) => {
  const check = failedFirst(events, 'id_token_expiry')
  if (check === null || (clockSkew(events)?.ahead ?? 0) > 0) return null
  const seconds = typeof check.found === 'number' ? check.found : null
  return {
    weight: weightIn(context),
    title:
      seconds === null
        ? 'The ID token does not say when it ends.'
        : `The ID token had ended ${durationText(-seconds * 1_000)} before it came.`,
    explanation:
      'An ID token is issued for the sign-in that has just been; the two clocks agree, as far as they can be seen.',
    evidence: [evidence(check, 'exp', seconds === null ? '' : `${seconds} s`)],
    remedy: 'Connect again. If it goes on, tell the server’s operator that its ID tokens end too early.',
    actions: reconnect(context),
    specification: openIdCore('3.1.3.7', 'IDTokenValidation'),
  }
}
