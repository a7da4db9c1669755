// A request that the service may have carried out although its response was lost or unusable. Not an error by itself, but it
// may explain a later refusal.
import { Problem } from '../problem.ts'
import type { ConnectionRecord } from '../records.ts'
import { isRefusal } from './previous-token.ts'

export type OutcomeUnknown = NonNullable<ConnectionRecord['outcomeUnknown']>

const explanations: Record<OutcomeUnknown['operation'], string> = {
  refresh:
    'An earlier refresh got no answer that could be used: the service may have issued new tokens then, which never arrived, and ended these.',
  revoke: 'An earlier revocation was not confirmed: the service may have ended these tokens then.',
}

/** Adds the possible cause to a refusal of a token; returns other errors unchanged. */
export function withUnknownOutcome(error: unknown, outcomeUnknown: OutcomeUnknown | null): unknown {
  if (outcomeUnknown === null || !isRefusal(error)) return error
  const { failure } = error
  const aboutClient = failure.reason === 'invalid_client' || failure.reason === 'unauthorized_client'
  if (aboutClient || failure.tryAuthentication !== undefined) return error
  const said = /[.!?…]$/.test(failure.message) ? failure.message : `${failure.message}.`
  return error.as({ ...failure, message: `${said} ${explanations[outcomeUnknown.operation]}` })
}

/** Whether the response was a success by its status but unusable, so that the state of the tokens is unknown. */
export function isUnusableAnswer(error: unknown): boolean {
  if (!(error instanceof Problem)) return false
  const { failure } = error
  // A token type that we cannot send.
  if (failure.kind === 'not_supported') return true
  return failure.kind === 'unexpected_answer' && (failure.status === null || failure.status < 300)
}
