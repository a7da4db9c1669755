// The request carried no token where the service looks for one, or another key that counts before it.
import { editService } from '../rule/actions.ts'
import { apiEvidence, apiRefusal } from '../rule/api.ts'
import { evidence } from '../rule/facts.ts'
import { sentKey, tokenHeaderOf } from '../rule/placement.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const apiTokenNotSent: Rule = (events, context) => {
  const refusal = apiRefusal(events, 401, 403)
  if (refusal === undefined) return null
  const key = sentKey(refusal, context)
  const isSent = tokenHeaderOf(refusal, context) !== null
  if (key === null && (isSent || refusal.status === 403)) return null
  const name = context.connection?.bearer?.header ?? context.service?.bearer.header ?? 'Authorization'
  return {
    weight: 'cause',
    title: key === null ? `The request had no ${name} header.` : `The key in ${key.name} counts before the token.`,
    explanation:
      key === null
        ? 'The API saw no token.'
        : 'The service looks at this header first, and does not accept what is in it.',
    evidence: [
      key === null
        ? evidence(refusal.event, 'url', refusal.event.request.url)
        : evidence(refusal.event, key.name, key.value),
      ...apiEvidence(refusal),
    ],
    remedy: key === null ? 'Send the request with the connection’s token.' : `Leave ${key.name} out of the request.`,
    actions: key === null ? editService(context) : [],
    specification: rfc(6750, '2.1'),
  }
}
