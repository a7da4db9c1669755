// The same refresh token was sent before, and the answer never came: the server may have replaced it then.
import { reconnect } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { refusedRefresh } from '../rule/refresh-history.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const refreshInterrupted: Rule = (events, context) => {
  const found = refusedRefresh(events, context)
  if (found?.why.kind !== 'interrupted') return null
  const { at, rotates, event, isHere } = found.why
  return {
    weight: rotates ? 'cause' : 'likely',
    title: 'An earlier refresh with this token got no answer.',
    explanation: rotates
      ? 'This server replaces refresh tokens: it did so then, and the new tokens never arrived.'
      : 'The server may have replaced the refresh token then, with tokens that never arrived.',
    evidence: [
      evidence(isHere ? event : null, 'sent before at', new Date(at).toISOString()),
      ...(event.failure === null ? [] : [evidence(isHere ? event : null, 'ended by', event.failure.kind)]),
      evidence(found.event, 'refresh_token', found.token),
      ...refusalEvidence(found.refusal),
    ],
    remedy: 'Connect again. Nothing else was lost.',
    actions: reconnect(context),
    specification: rfc(9700, '4.14.2'),
  }
}
