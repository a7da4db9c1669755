// The authorization response names another issuer than the server that was asked: perhaps a mix-up attack.
import { editService } from '../rule/actions.ts'
import { strayInstead, strayParameter } from '../rule/answer.ts'
import { evidence, failedCheck, lastOf } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const issuerOfAnotherServer: Rule = (events, context) => {
  const check = failedCheck(events, 'iss')
  const stray = strayInstead(events, 'iss')
  const [event, came] =
    check?.reason === 'different'
      ? [check, String(check.found ?? '')]
      : [stray, stray ? strayParameter(stray, 'iss') : null]
  if (!event || came === null) return null
  const asked = lastOf(events, 'authorization_request')
  const expected = check?.expected ?? context.service?.issuer?.url ?? null
  return {
    weight: 'cause',
    title: 'The answer comes from another authorization server than the one that was asked.',
    explanation: 'Its code was not used: at the token endpoint it could have been handed to somebody else.',
    evidence: [
      ...(asked ? [evidence(asked, 'endpoint', asked.endpoint)] : []),
      ...(expected === null ? [] : [evidence(check ?? null, 'expected iss', String(expected))]),
      evidence(event, 'iss', came),
    ],
    remedy:
      'If the server has a new name, correct the issuer in the service’s description. Otherwise do not connect, and tell the service.',
    actions: editService(context),
    specification: rfc(9207, '2.4'),
  }
}
