// The API's refusal that a flow ended with, and what was known of the token then.
import type { ConnectionView } from '../../../contract/connection.ts'
import type { Evidence } from '../../../contract/flow/diagnosis.ts'
import type { EventOf, FlowEvent } from '../../../contract/flow/event.ts'
import type { Purpose, RecordedResponse } from '../../../contract/flow/exchange.ts'
import { bearerParameter } from './challenge.ts'
import { answerEvidence, answered, evidence, headerOf } from './facts.ts'
import type { DiagnosisContext } from './rule.ts'

const purposes: readonly Purpose['kind'][] = ['api_request', 'identify', 'test_path', 'workspaces', 'workspace_check']

export interface ApiRefusal {
  event: EventOf<'exchange'>
  response: RecordedResponse
  status: number
  /** The error code of the challenge, else of the body. @see RFC 6750 §3.1 */
  error: string | null
}

/** The last answer of the API, if it has one of these statuses; any refusal by default. */
export function apiRefusal(events: FlowEvent[], ...statuses: number[]): ApiRefusal | undefined {
  const event = events.findLast(
    (one): one is EventOf<'exchange'> =>
      one.kind === 'exchange' && one.to === 'api' && purposes.includes(one.purpose.kind),
  )
  if (!event?.response || event.failure !== null) return undefined
  const { response } = event
  const { status } = response
  if (status < 400 || (statuses.length > 0 && !statuses.includes(status))) return undefined
  return { event, response, status, error: bearerParameter(response, 'error') ?? answered(response, 'error') }
}

/** Status and error, and the whole challenge. */
export function apiEvidence({ event, response }: ApiRefusal): Evidence[] {
  const challenge = headerOf(response, 'www-authenticate')
  return [...answerEvidence(event), ...(challenge === null ? [] : [evidence(event, 'www-authenticate', challenge)])]
}

/** What is known of the token that was sent; `null` if the connection has other tokens by now. */
export function knownThen(
  { event }: ApiRefusal,
  { connection }: Pick<DiagnosisContext, 'connection'>,
): ConnectionView | null {
  return connection !== null && connection.obtainedAt <= event.at ? connection : null
}

/** How long (ms) the token had been expired when it was sent; `null` if it was not, or nobody knows. */
export function expiredFor(refusal: ApiRefusal, context: Pick<DiagnosisContext, 'connection'>): number | null {
  const expiresAt = knownThen(refusal, context)?.expiresAt ?? null
  return expiresAt === null || expiresAt > refusal.event.at ? null : refusal.event.at - expiresAt
}
