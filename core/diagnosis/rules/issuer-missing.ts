// The authorization response does not name its issuer, though the server's metadata promises that.
import { editService, reconnect } from '../rule/actions.ts'
import { strayInstead, strayParameter } from '../rule/answer.ts'
import { evidence, failedCheck } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const issuerMissing: Rule = (events, context) => {
  const check = failedCheck(events, 'iss')
  const stray = strayInstead(events, 'iss')
  const event = check?.reason === 'missing' ? check : stray && strayParameter(stray, 'iss') === null ? stray : null
  if (event === null) return null
  const expected = check?.expected ?? context.service?.issuer?.url ?? null
  return {
    weight: 'cause',
    title: 'The answer does not say which authorization server it comes from.',
    explanation: 'The server promises to name itself (iss) in each answer, so an answer without it is not taken.',
    evidence: expected === null ? [evidence(event, 'iss', '')] : [evidence(event, 'expected iss', String(expected))],
    remedy:
      'Connect again. If it stays so, the server does not keep its promise: leave it out of the service’s description.',
    actions: [...reconnect(context), ...editService(context)],
    specification: rfc(9207, '2.3'),
  }
}
