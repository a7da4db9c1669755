// The authorization response answers an earlier attempt: an old tab, or the page before.
import { reconnect } from '../rule/actions.ts'
import { askedIn } from '../rule/authorization.ts'
import { evidence } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'
import { attemptOf, otherState } from '../rule/state.ts'

export const answerOfAnotherAttempt: Rule = (events, context) => {
  const other = otherState(events)
  const attempt = other && attemptOf(other.state, context)
  if (!other || !attempt) return null
  const asked = askedIn(events)
  const sent = asked?.parameter('state') ?? null
  return {
    weight: 'cause',
    title: 'The answer belongs to an earlier attempt.',
    explanation: 'Its state is the one of that attempt: the consent was given in a tab that was still open.',
    evidence: [
      ...(sent === null ? [] : [evidence(asked?.event ?? null, 'state', sent)]),
      evidence(other.event, 'state', other.state),
      evidence(null, 'sent at', new Date(attempt.startedAt).toISOString()),
    ],
    remedy: 'Close the older tabs, connect again and consent in the tab that opens.',
    actions: reconnect(context),
    specification: rfc(6749, '10.12'),
  }
}
