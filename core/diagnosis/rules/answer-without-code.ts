// The authorization response carries neither a code nor an error.
import { editService, reconnect } from '../rule/actions.ts'
import { strayInstead } from '../rule/answer.ts'
import { askedIn } from '../rule/authorization.ts'
import { evidence, failedCheck, lastOf } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const answerWithoutCode: Rule = (events, context) => {
  const check = failedCheck(events, 'code')
  const event = check ?? strayInstead(events, 'no_code')
  if (event === undefined) return null
  const asked = askedIn(events)
  const type = asked?.parameter('response_type') ?? null
  const names = lastOf(events, 'redirect')?.parameters.map(([name]) => name)
  return {
    weight: 'cause',
    title: 'The answer carries neither a code nor an error.',
    explanation: 'A server that only knows the implicit grant answers so, or one that names the code otherwise.',
    evidence: [
      ...(type === null ? [] : [evidence(asked?.event ?? null, 'response_type', type)]),
      evidence(event, 'code', ''),
      ...(names === undefined ? [] : [evidence(lastOf(events, 'redirect') ?? null, 'parameters', names.join(' '))]),
    ],
    remedy: 'Look at what the service’s documentation says of its answer, and correct the description.',
    actions: [...editService(context), ...reconnect(context)],
    specification: rfc(6749, '4.1.2'),
  }
}
