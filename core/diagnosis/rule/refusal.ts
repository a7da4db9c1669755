// The refusal with which a flow ended, at whichever endpoint it came, classified as the flow itself was: one reading for the
// flows of Grantdesk and of other programs.
import type { EventOf, FlowEvent } from '../../../contract/flow/event.ts'
import type { Purpose, RecordedResponse } from '../../../contract/flow/exchange.ts'
import type { RefusalReason } from '../../../contract/refusal-reason.ts'
import { isOutage } from '../../flows/outage.ts'
import { type RefusalDetail, refusalDetail } from '../../oauth/refusal-detail.ts'
import { type RefusedAt, refusalReason } from '../../oauth/refusal-reason.ts'
import { mayBeAboutClient } from '../../oauth/refused-client.ts'
import { isAboutPkce } from '../../oauth/refused-pkce.ts'
import { type ServerWords, serverWords } from '../../oauth/server-words.ts'
import { answerEvidence, answered, evidence, headerOf, mediaType } from './facts.ts'

type Exchange = EventOf<'exchange'>

export interface Refusal {
  event: Exchange | EventOf<'redirect'> | EventOf<'stray_request'>
  by: RefusedAt['by']
  /** The exchange's purpose; `null` at the authorization endpoint. */
  purpose: Purpose | null
  /** `null` for a redirect. */
  status: number | null
  words: ServerWords
  reason: RefusalReason | undefined
  /** What the server said more exactly. */
  detail: RefusalDetail | undefined
  /** Whether it may be about the client rather than about what was sent. */
  aboutClient: boolean
  aboutPkce: boolean
}

/** What an exchange with the authorization server sent to be accepted; `null` for one that no rule about refusals reads. */
function sentIn(purpose: Purpose): Pick<RefusedAt, 'by' | 'what'> | null {
  switch (purpose.kind) {
    case 'token_request':
      return { by: 'token_endpoint', what: tokenRequests[purpose.grantType] }
    case 'refresh':
      return {
        by: 'token_endpoint',
        what: purpose.with === 'client_credentials' ? 'the client credentials' : 'the refresh token',
      }
    case 'device_authorization':
      return { by: 'token_endpoint', what: 'the device authorization request' }
    case 'pushed_authorization':
      return { by: 'token_endpoint', what: 'the pushed authorization request' }
    case 'revocation':
      return { by: 'revocation_endpoint', what: 'the token' }
    default:
      return null
  }
}

const tokenRequests: Record<Extract<Purpose, { kind: 'token_request' }>['grantType'], string> = {
  authorization_code: 'the code',
  client_credentials: 'the client credentials',
  password: 'the user name and password',
  device_code: 'the device code',
}

/** The refusal that the flow ended with; `null` if it ended otherwise. */
export function refusalIn(events: FlowEvent[]): Refusal | null {
  for (const event of events.toReversed()) {
    if (event.kind === 'exchange') {
      const sent = sentIn(event.purpose)
      if (sent === null || event.finding !== null) continue
      const refusal = refusalOf(event, sent)
      // A request that only begins a grant is followed by others.
      if (refusal !== null || !beginsGrant(event.purpose) || event.outcome === 'failed') return refusal
    } else if (event.kind === 'redirect') {
      return event.error === null ? null : atAuthorizationEndpoint(event)
    } else if (event.kind === 'stray_request' && event.reason === 'unproven_error' && event.error !== null) {
      return atAuthorizationEndpoint(event)
    }
  }
  return null
}

function beginsGrant({ kind }: Purpose): boolean {
  return kind === 'device_authorization' || kind === 'pushed_authorization'
}

function refusalOf(event: Exchange, at: Pick<RefusedAt, 'by' | 'what'>): Refusal | null {
  const { response, purpose } = event
  if (response === null || event.failure !== null || !isRefusal(response)) return null
  const { status } = response
  const words = serverWords({ get: (name) => headerOf(response, name) }, response.body ?? '')
  // A page that does not come from the endpoint has checked nothing.
  if (words.error === null && mediaType(response).includes('html') && status !== 400 && status !== 401) return null
  const reason = refusalReason(words, status, at)
  if (reason === 'server_trouble') return null
  return {
    ...{ event, by: at.by, purpose, status, words, reason, detail: refusalDetail(words, at) },
    aboutClient: mayBeAboutClient(reason, words, status, at.what),
    aboutPkce: isAboutPkce(words),
  }
}

/** Some servers refuse with status 200. */
function isRefusal(response: RecordedResponse): boolean {
  const { status } = response
  if (status >= 400) return !isOutage(status)
  return status < 300 && answered(response, 'error') !== null && answered(response, 'access_token') === null
}

function atAuthorizationEndpoint(event: EventOf<'redirect'> | EventOf<'stray_request'>): Refusal | null {
  const words = { error: event.error, errorDescription: event.errorDescription }
  const at = { by: 'authorization_endpoint' as const, what: 'the request' }
  const reason = refusalReason(words, null, at)
  if (reason === 'server_trouble') return null
  const detail = refusalDetail(words, at)
  const rest = { aboutClient: reason === 'invalid_client', aboutPkce: isAboutPkce(words) }
  return { event, by: at.by, purpose: null, status: null, words, reason, detail, ...rest }
}

/** The status line and the server's words. */
export function refusalEvidence({ event, words }: Refusal): ReturnType<typeof answerEvidence> {
  const { error, errorDescription } = words
  if (event.kind === 'exchange') {
    const known = answerEvidence(event)
    const said = known.some(({ name }) => name === 'error')
    return said || error === null ? known : [...known, evidence(event, 'error', error)]
  }
  return [
    ...(error === null ? [] : [evidence(event, 'error', error)]),
    ...(errorDescription === null ? [] : [evidence(event, 'error_description', errorDescription)]),
  ]
}
