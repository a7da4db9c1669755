// The authorization server's error came back without the state that would prove where it comes from.
import { evidence, lastOf } from '../rule/facts.ts'
import { refusalEvidence, refusalIn } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const errorWithoutState: Rule = (events) => {
  const refusal = refusalIn(events)
  if (refusal?.event.kind !== 'stray_request' || lastOf(events, 'redirect') !== undefined) return null
  return {
    weight: 'odd',
    title: 'The server’s error came back without state.',
    explanation: 'Anybody could have sent it, so the attempt went on waiting; servers owe the state with errors, too.',
    evidence: [...refusalEvidence(refusal), evidence(refusal.event, 'state', '')],
    remedy: 'If the error fits what you saw in the browser, it is the server’s: cancel the attempt and mend that.',
    actions: [],
    specification: rfc(6749, '4.1.2.1'),
  }
}
