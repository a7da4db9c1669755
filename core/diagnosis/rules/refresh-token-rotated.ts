// The server replaces refresh tokens, and refuses one that was never used from here: somebody else used it.
import { openGrants, reconnect } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { refusedRefresh } from '../rule/refresh-history.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const refreshTokenRotated: Rule = (events, context) => {
  const found = refusedRefresh(events, context)
  if (found?.why.kind !== 'rotated') return null
  const { since } = found.why
  return {
    weight: 'likely',
    title: 'This refresh token was probably used somewhere else.',
    explanation:
      'The server replaces a refresh token at each use, and this one was never sent from here: another program, or a copy of this vault, has it.',
    evidence: [
      ...(since === null ? [] : [evidence(null, 'it came at', new Date(since).toISOString())]),
      evidence(found.event, 'refresh_token', found.token),
      ...refusalEvidence(found.refusal),
    ],
    remedy:
      'Find what else refreshes with it, then connect again. If there is nothing, the access was withdrawn at the service.',
    actions: [...reconnect(context), ...openGrants(context)],
    specification: rfc(9700, '4.14.2'),
  }
}
