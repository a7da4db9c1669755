// The service accepted a revocation and goes on honouring the access token.
import { openGrants, repeat } from '../rule/actions.ts'
import { answerEvidence, evidence, exchangesFor, failedCheck } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const revokedStillWorks: Rule = (events, context) => {
  const check = failedCheck(events, 'revoked')
  if (check?.reason !== 'still_works') return null
  const accepted = exchangesFor(events, 'revocation').findLast(({ response }) => (response?.status ?? 500) < 300)
  if (!accepted && !context.flow.about.checksRevocation) return null
  const [asked] = exchangesFor(events, 'token_check').slice(-1)
  const end = context.connection?.expiresAt ?? null
  return {
    weight: 'cause',
    title: 'The revocation was accepted, and the access token still works.',
    explanation:
      'Servers may leave access tokens to their end, as those do that are checked without asking (JWT); others ignore a revocation.',
    evidence: [
      ...(accepted ? answerEvidence(accepted) : []),
      ...(asked ? [evidence(asked, 'url', asked.request.url), ...answerEvidence(asked)] : []),
      ...(end === null ? [] : [evidence(null, 'expires', new Date(end).toISOString())]),
    ],
    remedy:
      end === null
        ? 'Remove the access on the service’s own page, then check again.'
        : 'Check again after it has expired, or remove the access on the service’s own page.',
    actions: [...openGrants(context), ...repeat(context)],
    specification: rfc(7009, '2.2'),
  }
}
