// The API refuses an access token that should still be good: it was revoked at the service, or replaced.
import { openGrants, reconnect, refresh } from '../rule/actions.ts'
import { apiEvidence, knownThen } from '../rule/api.ts'
import { evidence, lastOf } from '../rule/facts.ts'
import { refusedToken } from '../rule/refused-token.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const apiTokenRevoked: Rule = (events, context) => {
  const refusal = refusedToken(events, context)
  const again = lastOf(events, 'second_try')
  if (refusal === null || (again && again.failure === null)) return null
  const failure = again?.failure ?? null
  const isGone = knownThen(refusal, context)?.introspection?.active === false
  return {
    weight: isGone || failure?.kind === 'refused' ? 'cause' : 'likely',
    title: 'The service does not know this access token any more.',
    explanation: 'It has not expired by what is known, so it was revoked, or replaced by newer tokens.',
    evidence: [
      ...apiEvidence(refusal),
      ...(isGone ? [evidence(null, 'introspection', 'active: false')] : []),
      ...(again && failure ? [evidence(again, 'refresh', failure.error ?? failure.kind)] : []),
    ],
    remedy: failure
      ? 'Connect again: a refresh brought no new token either.'
      : 'Refresh it; if that is refused, too, connect again.',
    actions: [...(failure ? [] : refresh(context)), ...reconnect(context), ...openGrants(context)],
    specification: rfc(6750, '3.1'),
  }
}
