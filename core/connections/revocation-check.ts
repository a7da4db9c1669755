// Asks, after a revocation, whether the tokens still work: the API, and where that cannot tell, the server by introspection.
import type { Introspection } from '../../contract/introspection.ts'
import type { Service } from '../../contract/service.ts'
import type { CheckFacts, Recording } from '../flows/recording.ts'
import type { RetryPolicy } from '../flows/retry-policy.ts'
import type { ConnectionRecord, TokensRecord } from '../records.ts'
import { isAccepted, isGood } from './identify.ts'
import type { Introspect } from './introspect.ts'
import { isUnanswered } from './revocation-requests.ts'

export interface RevocationCheck {
  service: Service
  record: ConnectionRecord
  tokens: TokensRecord
  recording: Recording
  retryPolicy: RetryPolicy
  introspect: Introspect | null
  /**
   * What introspection said before the revocation. “Not active” proves something only of a token that was active before: a server
   * says it also of tokens that the client may not ask about (RFC 7662 §2.2).
   */
  before: Introspection | null
}

/** `null` if nobody can tell. */
export interface RevocationFindings {
  /** Whether the access token still works. */
  works: boolean | null
  /** Who said that. */
  by: 'api' | 'introspection'
  /** Whether the refresh token does, according to introspection. */
  refreshWorks: boolean | null
}

export async function checkRevocation(check: RevocationCheck): Promise<RevocationFindings> {
  const said = await askTheApi(check)
  const works = said ?? (await askTheServer(check, 'access_token'))
  const refreshWorks = works === true ? null : await askTheServer(check, 'refresh_token')
  return { works, by: said === null ? 'introspection' : 'api', refreshWorks }
}

async function askTheServer(check: RevocationCheck, which: 'access_token' | 'refresh_token'): Promise<boolean | null> {
  const { introspect, before, tokens, recording } = check
  const token = which === 'access_token' ? tokens.accessToken : tokens.refreshToken
  const wasActive = which === 'access_token' ? before?.active : before?.refreshTokenActive
  if (!introspect || !token || !wasActive) return null
  const answer = await introspect(token, which)
  if (answer === null) return null
  const { active } = answer
  recording.check({ which: 'introspection', found: which, result: active ? 'failed' : 'passed' })
  return active
}

/** Whether the API still takes the access token; `null` if it cannot tell. */
async function askTheApi(check: RevocationCheck): Promise<boolean | null> {
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
