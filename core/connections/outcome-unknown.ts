// What an act may have done at the service though nobody saw it: an answer that was lost, or could not be used. It marks
// nothing by itself; the refusal that may be its doing tells of it.
import { Problem } from '../problem.ts'
import type { ConnectionRecord } from '../records.ts'
import { isRefusal } from './previous-token.ts'

export type OutcomeUnknown = NonNullable<ConnectionRecord['outcomeUnknown']>

const stories: Record<OutcomeUnknown['act'], string> = {
  refresh:
    'An earlier refresh got no answer that could be used: the service may have issued new tokens then, which never arrived, and ended these.',
  revoke: 'An earlier revocation was not confirmed: the service may have ended these tokens then.',
}

/** The refusal of a token, with what may have led to it; every other error as it is. */
export function withUnknownOutcome(error: unknown, outcomeUnknown: OutcomeUnknown | null): unknown {
  if (outcomeUnknown === null || !isRefusal(error)) return error
  const { failure } = error
  const aboutClient = failure.error === 'invalid_client' || failure.error === 'unauthorized_client'
  if (aboutClient || failure.tryAuthentication !== undefined) return error
  const said = /[.!?…]$/.test(failure.message) ? failure.message : `${failure.message}.`
  return new Problem({ ...failure, message: `${said} ${stories[outcomeUnknown.act]}` })
}

/** Whether an answer came that was a success by its status and of no use: what it says of the tokens is not known. */
export function isUnusableAnswer(error: unknown): boolean {
  if (!(error instanceof Problem)) return false
  const { failure } = error
  // Of a type that is not sent here.
  if (failure.kind === 'not_supported') return true
  return failure.kind === 'unexpected_answer' && (failure.status === null || failure.status < 300)
}
