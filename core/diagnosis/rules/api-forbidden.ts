// The API knows the token and does not allow the request, without a word about scopes.
import { openGrants, reconnect, refresh } from '../rule/actions.ts'
import { apiEvidence, apiRefusal, expiredFor, knownThen } from '../rule/api.ts'
import { bearerParameter } from '../rule/challenge.ts'
import { describedScope } from '../rule/described-request.ts'
import { evidence } from '../rule/facts.ts'
import { sentKey } from '../rule/placement.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'
import { missingHeader } from '../rule/workspace.ts'
import { isLimited } from './rate-limited.ts'

const particular = ['insufficient_scope', 'invalid_token', 'insufficient_user_authentication']

export const apiForbidden: Rule = (events, context) => {
  const refusal = apiRefusal(events, 403)
  if (refusal === undefined || particular.includes(refusal.error ?? '')) return null
  if (isLimited(refusal.response)) return null
  if (expiredFor(refusal, context) !== null || bearerParameter(refusal.response, 'scope') !== null) return null
  if (sentKey(refusal, context) !== null || missingHeader(refusal, context) !== null) return null
  if (describedScope(refusal, context) !== null) return null
  const known = knownThen(refusal, context)
  const held = known === null ? null : (known.scopes.granted ?? known.scopes.requested)
  const who = known?.account?.name ?? null
  return {
    weight: 'likely',
    title: `${who ?? 'This account'} may not do this.`,
    explanation:
      'The API does not say what is missing: a scope, a permission of the account, or the API may be switched off there. Some APIs answer so to a token that is dead, too.',
    evidence: [
      ...apiEvidence(refusal),
      ...(who === null ? [] : [evidence(null, 'account', who)]),
      ...(held === null || held.length === 0 ? [] : [evidence(null, 'scopes held', held.join(' '))]),
    ],
    remedy:
      'Look up which scope the request needs and connect again with it; or ask an administrator of the service for the permission.',
    actions: [...reconnect(context), ...refresh(context), ...openGrants(context)],
    specification: rfc(9110, '15.5.4'),
  }
}
