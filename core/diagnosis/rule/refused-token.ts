// An API that refuses the token itself, though it was sent as it should be and had not expired.
import type { FlowEvent } from '../../../contract/flow/event.ts'
import { type ApiRefusal, apiRefusal, expiredFor } from './api.ts'
import { challengesOf } from './challenge.ts'
import { otherSchemes, sentKey, tokenHeaderOf } from './placement.ts'
import type { DiagnosisContext } from './rule.ts'

/** `null` where something more particular is known. */
export function refusedToken(events: FlowEvent[], context: DiagnosisContext): ApiRefusal | null {
  const refusal = apiRefusal(events, 401, 403)
  if (refusal === undefined || expiredFor(refusal, context) !== null) return null
  const { status, error, response } = refusal
  if (status === 403 && error !== 'invalid_token') return null
  const isBearer = challengesOf(response).some(({ scheme }) => scheme === 'bearer')
  // The body of an API may have an error code of its own.
  if (isBearer && error !== null && error !== 'invalid_token') return null
  const isAnothers = sentKey(refusal, context) !== null || otherSchemes(refusal, context).length > 0
  return isAnothers || tokenHeaderOf(refusal, context) === null ? null : refusal
}
