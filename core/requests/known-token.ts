// Whether a service knows the token with which a request was sent. A service that answers anonymous requests proves nothing by
// a success; then the API is asked whose token it is, and its answer is remembered for a while.
import { isAccepted, isGood, type Question } from '../connections/identify.ts'
import type { CheckFacts } from '../flows/recording.ts'
import type { Clock } from '../ports.ts'
import { Problem } from '../problem.ts'

/** How long (ms) the API's answer is remembered. */
const rememberedFor = 60_000

/** Returns whether the token is known; `null` if that is uncertain. */
export type IsTokenKnown = (connectionId: string, question: Question) => Promise<boolean | null>

export function createTokenCheck(clock: Clock): IsTokenKnown {
  /** When each connection's token, identified by the time it was obtained, was last confirmed. */
  const confirmed = new Map<string, { at: number; obtainedAt: number }>()

  function isConfirmed(id: string, { record }: Question): boolean {
    const last = confirmed.get(id)
    if (last?.obtainedAt !== record.obtainedAt || record.status.kind !== 'good') return false
    return clock.now() - last.at < rememberedFor
  }

  return async (id, question) => {
    const { service, record, recording } = question
    if (!service.anonymous || isConfirmed(id, question)) return true
    const purpose = { kind: 'token_check' as const, after: 'api_request' as const }
    const status = (await isAccepted({ ...question, purpose }).catch(ifNoResponse))?.status ?? null
    if (isGood(status)) confirmed.set(id, { at: clock.now(), obtainedAt: record.obtainedAt })
    const isKnown = isGood(status) ? true : status === 401 ? false : null
    recording.check({ which: 'token_known', found: status, ...resultOf(isKnown) })
    return isKnown
  }
}

function resultOf(isKnown: boolean | null): Pick<CheckFacts, 'result' | 'reason'> {
  if (isKnown === null) return { result: 'unconfirmed', reason: 'undecided' }
  return isKnown ? { result: 'passed' } : { result: 'failed', reason: 'anonymous' }
}

/** Without a response nothing is known; the request itself has its own. */
function ifNoResponse(error: unknown): null {
  if (error instanceof Problem) return null
  throw error
}
