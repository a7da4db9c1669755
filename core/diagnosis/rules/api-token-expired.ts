// The API refuses an access token whose time is over.
import { durationText } from '../../../contract/flow/trouble-words.ts'
import { reconnect, refresh, repeat } from '../rule/actions.ts'
import { apiEvidence, apiRefusal, expiredFor, knownThen } from '../rule/api.ts'
import { evidence } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const apiTokenExpired: Rule = (events, context) => {
  // Some APIs answer 403 to a token that has ended.
  const refusal = apiRefusal(events, 401, 403)
  const since = refusal ? expiredFor(refusal, context) : null
  if (refusal === undefined || since === null || refusal.error === 'insufficient_scope') return null
  const expiresAt = knownThen(refusal, context)?.expiresAt ?? 0
  const canRefresh = context.connection?.refreshable === true
  return {
    weight: 'cause',
    title: `The access token had expired ${durationText(since)} before.`,
    explanation: canRefresh
      ? 'It was sent without having been refreshed.'
      : 'There is no refresh token to renew it with.',
    evidence: [...apiEvidence(refusal), evidence(null, 'expired at', new Date(expiresAt).toISOString())],
    remedy: canRefresh ? 'Refresh it, then send the request again.' : 'Connect again to get a new token.',
    actions: canRefresh ? [...refresh(context), ...repeat(context)] : reconnect(context),
    specification: rfc(6750, '3.1'),
  }
}
