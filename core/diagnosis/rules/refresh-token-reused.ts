// A refresh token was sent that had been used, and replaced, before.
import { reconnect } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { refusedRefresh } from '../rule/refresh-history.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const refreshTokenReused: Rule = (events, context) => {
  const found = refusedRefresh(events, context)
  if (found?.why.kind !== 'reused') return null
  return {
    weight: 'cause',
    title: 'A refresh token was sent that had been replaced.',
    explanation:
      'Its first use brought a new one, which is gone: perhaps an older copy of the vault was put back. A server may end all tokens of the grant then.',
    evidence: [
      evidence(found.event, 'refresh_token', found.token),
      evidence(null, 'first used at', new Date(found.why.at).toISOString()),
      ...refusalEvidence(found.refusal),
    ],
    remedy: 'Connect again.',
    actions: reconnect(context),
    specification: rfc(9700, '4.14.2'),
  }
}
