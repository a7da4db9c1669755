// The authorization response carries a state that nobody here sent.
import { reconnect } from '../rule/actions.ts'
import { askedIn } from '../rule/authorization.ts'
import { evidence } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'
import { attemptOf, otherState } from '../rule/state.ts'

export const stateChanged: Rule = (events, context) => {
  const other = otherState(events)
  if (other === null || attemptOf(other.state, context) !== null) return null
  const asked = askedIn(events)
  const sent = asked?.parameter('state') ?? null
  return {
    weight: 'cause',
    title: 'The answer carries another state than the one that was sent.',
    explanation: 'It belongs to an attempt elsewhere, the state was changed on the way, or somebody forged the answer.',
    evidence: [
      ...(sent === null ? [] : [evidence(asked?.event ?? null, 'state', sent)]),
      evidence(other.event, 'state', other.state),
    ],
    remedy: 'Close other tabs of this service and connect again.',
    actions: reconnect(context),
    specification: rfc(6749, '10.12'),
  }
}
