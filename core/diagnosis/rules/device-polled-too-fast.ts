// The server was asked too often whether the person has decided.
import { reconnect } from '../rule/actions.ts'
import { answered, evidence, exchangesFor } from '../rule/facts.ts'
import { refusalEvidence, refusalIn } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const devicePolledTooFast: Rule = (events, context) => {
  const refusal = refusalIn(events)
  if (refusal?.reason !== 'slow_down') return null
  const given = exchangesFor(events, 'device_authorization').at(-1)
  const interval = given?.response ? answered(given.response, 'interval') : null
  return {
    weight: 'cause',
    title: 'The token endpoint was asked too often.',
    explanation: 'With slow_down the pause between two requests has to grow by five seconds, for good.',
    evidence: [
      ...(given && interval !== null ? [evidence(given, 'interval', interval)] : []),
      ...refusalEvidence(refusal),
    ],
    remedy: 'Wait a minute, then connect again.',
    actions: reconnect(context),
    specification: rfc(8628, '3.5'),
  }
}
