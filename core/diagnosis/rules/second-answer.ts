// Another answer came with this attempt's state, after the first.
import { strayParameter } from '../rule/answer.ts'
import { evidence, lastOf, pairOf } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const secondAnswer: Rule = (events) => {
  const first = lastOf(events, 'redirect')
  const second = events.findLast((event) => event.kind === 'stray_request' && event.reason === 'second_answer')
  if (first === undefined || second?.kind !== 'stray_request') return null
  const code = pairOf(first, 'code')
  const other = strayParameter(second, 'code')
  return {
    weight: 'odd',
    title: 'A second answer came to this attempt.',
    explanation:
      'The first was used. The consent page was sent twice, or somebody who knows the state tried another code.',
    evidence: [
      ...(code === null ? [] : [evidence(first, 'code', code)]),
      ...(other === null ? [] : [evidence(second, 'code', other)]),
    ],
    remedy: 'Check which account the connection shows. If you did not consent twice, revoke it and connect again.',
    actions: [],
    specification: rfc(6749, '10.12'),
  }
}
