// The ID token is valid from a later time on.
import { durationText } from '../../../contract/flow/trouble-words.ts'
import { repeat } from '../rule/actions.ts'
import { clockSkew } from '../rule/clock.ts'
import { evidence, lastCheck } from '../rule/facts.ts'
import { failedFirst, weightIn } from '../rule/id-token.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const idTokenNotYetValid: Rule = (events, context) => {
  const failed = failedFirst(events, 'id_token_not_before')
  const check = failed ?? lastCheck(events, 'id_token_not_before')
  if (!check || (failed === null && check.result === 'failed') || (clockSkew(events)?.ahead ?? 0) < 0) return null
  const seconds = typeof check.found === 'number' ? check.found : 0
  return {
    weight: failed === null ? 'odd' : weightIn(context),
    title:
      failed === null
        ? `The ID token was issued ${durationText(seconds * 1_000)} in the future.`
        : `The ID token is not valid for another ${durationText(seconds * 1_000)}.`,
    explanation: 'Either the server’s clock is ahead, or this machine’s is behind.',
    evidence: [evidence(check, failed === null ? 'iat' : 'nbf', `${seconds} s`)],
    remedy: 'Compare this machine’s clock with the network’s (NTP). If it is right, tell the server’s operator.',
    actions: repeat(context),
    specification: rfc(7519, '4.1.5'),
  }
}
