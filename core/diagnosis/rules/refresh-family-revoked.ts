// An older refresh token was sent after this one had come, and the server ended all of them.
import { reconnect } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { refusedRefresh } from '../rule/refresh-history.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const refreshFamilyRevoked: Rule = (events, context) => {
  const found = refusedRefresh(events, context)
  if (found?.why.kind !== 'family_revoked') return null
  return {
    weight: 'cause',
    title: 'An older refresh token was used after this one had come.',
    explanation: 'A server that replaces refresh tokens takes that for theft, and ends all tokens of the grant.',
    evidence: [
      evidence(null, 'older one used at', new Date(found.why.at).toISOString()),
      evidence(found.event, 'refresh_token', found.token),
      ...refusalEvidence(found.refusal),
    ],
    remedy: 'Connect again, and let one vault alone refresh this connection.',
    actions: reconnect(context),
    specification: rfc(9700, '4.14.2'),
  }
}
