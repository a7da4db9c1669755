// Asks, after a revocation, whether the access token still works.
import type { Service } from '../../contract/service.ts'
import type { CheckFacts, Recording } from '../flows/recording.ts'
import type { RetryPolicy } from '../flows/retry-policy.ts'
import type { ConnectionRecord, TokensRecord } from '../records.ts'
import { isAccepted, isGood } from './identify.ts'
import { isUnanswered } from './revocation-requests.ts'

export interface RevocationCheck {
  service: Service
  record: ConnectionRecord
  tokens: TokensRecord
  recording: Recording
  retryPolicy: RetryPolicy
}

/** Whether the access token still works; `null` if the API cannot tell. */
export async function checkRevocation(check: RevocationCheck): Promise<boolean | null> {
  const { record, service, tokens, recording, retryPolicy } = check
  const purpose = { kind: 'token_check' as const, after: 'revocation' as const }
  const question = { service, record, accessToken: tokens.accessToken, recording, retryPolicy, purpose }
  const { status, exchange } = await isAccepted(question).catch((error: unknown) => {
    // The service accepted the revocation, even if the API cannot be asked.
    if (isUnanswered(error)) return { status: null, exchange: null }
    throw error
  })
  // Some APIs answer 403 to a revoked token; that counts if the same request was successful before.
  const refused = status === 401 || (status === 403 && record.account !== null)
  // Here a refusal is the expected result.
  if (refused) exchange?.conclude('token_refused', 'succeeded')
  const works = isGood(status) ? true : refused ? false : null
  recording.check({ which: 'revoked', found: status, ...resultOf(works, status) })
  return works
}

/** The check's result; `works` is `null` if unknown. */
function resultOf(works: boolean | null, status: number | null): Pick<CheckFacts, 'result' | 'reason'> {
  if (works === null) return { result: 'unconfirmed', reason: status === null ? 'not_answered' : 'undecided' }
  return works ? { result: 'failed', reason: 'still_works' } : { result: 'passed' }
}
