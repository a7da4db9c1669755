// A refusal that is, or may be, about the client: what was sent of it, what the server takes, and what is known of its secret.
import type { EventOf, FlowEvent } from '../../../contract/flow/event.ts'
import type { ClientAuthentication } from '../../../contract/service.ts'
import { isObject, parseJson } from '../../json-path.ts'
import { type SentClient, sentClient } from './client.ts'
import { exchangesFor, headerOf, lastCheck } from './facts.ts'
import { type Refusal, refusalIn } from './refusal.ts'
import type { DiagnosisContext } from './rule.ts'

export interface RefusedClient {
  refusal: Refusal
  event: EventOf<'exchange'>
  sent: SentClient
}

/** `null` where the flow did not end with a refusal that may be about the client, at an endpoint that it authenticates at. */
export function refusedClient(events: FlowEvent[]): RefusedClient | null {
  const refusal = refusalIn(events)
  if (refusal === null || refusal.event.kind !== 'exchange') return null
  const isNamed = refusal.detail !== undefined && clientDetails.has(refusal.detail)
  if (!refusal.aboutClient && !isNamed) return null
  return { refusal, event: refusal.event, sent: sentClient(refusal.event.request) }
}

const clientDetails = new Set<Refusal['detail']>([
  'client_unknown',
  'secret_expired',
  'secret_missing',
  'secret_unexpected',
  'secret_wrong',
  'method_refused',
])

/** Where the server says which methods it takes. */
export interface NamedMethods {
  methods: ClientAuthentication[]
  /** The event that says so; `null` for the service's description. */
  event: FlowEvent | null
  name: string
  value: string
}

/** @see RFC 8414 §2 (`token_endpoint_auth_methods_supported`) and RFC 6749 §5.2 (`WWW-Authenticate`) */
export function namedMethods(
  events: FlowEvent[],
  { refusal, event }: RefusedClient,
  { service }: Pick<DiagnosisContext, 'service'>,
): NamedMethods | null {
  const challenge = headerOf(event.response ?? { headers: [] }, 'www-authenticate')
  if (challenge !== null && /^basic\b/i.test(challenge)) {
    return { methods: ['basic'], event: refusal.event, name: 'WWW-Authenticate', value: challenge }
  }
  const metadata = metadataMethods(events)
  if (metadata !== null) return metadata
  const check = lastCheck(events, 'client_authentication')
  if (check && Array.isArray(check.expected) && check.expected.length > 0) {
    const methods = check.expected.filter((one): one is ClientAuthentication => ours.has(one))
    return { methods, event: check, name: 'expected', value: check.expected.join(' ') }
  }
  // A description of the person's own may only guess; what it allows beside one method says nothing.
  const isConfirmed = service !== null && !service.unverified.includes('clientAuthentication')
  if (!isConfirmed) return null
  const { allowed } = service.clientAuthentication
  return { methods: allowed, event: null, name: 'described', value: allowed.join(' ') }
}

const ours = new Set<string>(['body', 'basic', 'basic-raw', 'none'])

const registered: Record<string, ClientAuthentication> = {
  client_secret_basic: 'basic',
  client_secret_post: 'body',
  none: 'none',
}

function metadataMethods(events: FlowEvent[]): NamedMethods | null {
  for (const event of exchangesFor(events, 'discovery').toReversed()) {
    const metadata = parseJson(event.response?.body ?? '')
    const listed = isObject(metadata) ? metadata.token_endpoint_auth_methods_supported : null
    if (!Array.isArray(listed)) continue
    const names = listed.filter((one) => typeof one === 'string')
    const methods = names.flatMap((name) => registered[name] ?? [])
    return { methods, event, name: 'token_endpoint_auth_methods_supported', value: names.join(' ') }
  }
  return null
}

/** The last earlier flow in which the token endpoint took this client id, and what was sent there. */
export function lastAccepted(clientId: string | null, { earlier }: Pick<DiagnosisContext, 'earlier'>) {
  for (const flow of earlier) {
    const taken = exchangesFor(flow.events, 'token_request', 'refresh').findLast(
      ({ outcome, response }) => outcome === 'succeeded' && response?.status === 200,
    )
    if (!taken) continue
    const sent = sentClient(taken.request)
    if (sent.clientId === clientId) return { flow, sent }
  }
  return null
}

/** Whether the refusal leaves it open, or says, that the client secret is wrong. */
export function mayBeWrongSecret({ refusal }: RefusedClient): boolean {
  return refusal.detail === undefined || refusal.detail === 'secret_wrong'
}

/** The person's decision to keep what stands around the client secret. */
export function keptBlanks(events: FlowEvent[]): FlowEvent | null {
  const isKept = (event: FlowEvent) =>
    event.kind === 'decision' && event.decision.question === 'around_value' && event.decision.value === 'client_secret'
  return events.find(isKept) ?? null
}
