// The redirect URI that a flow sent, those that are known to be registered, and how they differ.
import type { Diagnosis } from '../../../contract/flow/diagnosis.ts'
import type { FlowEvent } from '../../../contract/flow/event.ts'
import { proposedRedirectPort, type RedirectChoice, redirectKindOf } from '../../../contract/redirect-uri.ts'
import { copyRedirectUri, editClient, openRegistration } from './actions.ts'
import { askedIn } from './authorization.ts'
import { difference, evidence, exchangesFor, lastOf, parameterOf } from './facts.ts'
import { type Refusal, refusalEvidence, refusalIn } from './refusal.ts'
import type { DiagnosisContext, Finding } from './rule.ts'
import { rfc } from './specification.ts'

/** The first way in which two redirect URIs differ; `other` where they have too little in common. */
export type RedirectUriDifference =
  | 'none'
  | 'scheme'
  | 'loopback_name'
  | 'port'
  | 'trailing_slash'
  | 'case'
  | 'query'
  | 'other'

export function redirectUriDifference(sent: string, registered: string): RedirectUriDifference {
  if (sent === registered) return 'none'
  const [one, other] = [URL.parse(sent), URL.parse(registered)]
  if (one === null || other === null) return 'other'
  const parts: [RedirectUriDifference, boolean][] = [
    ['scheme', one.protocol !== other.protocol],
    ['loopback_name', one.hostname !== other.hostname],
    ['port', one.port !== other.port],
    ['other', one.pathname !== other.pathname],
    ['query', one.search !== other.search],
  ]
  const differing = parts.filter(([, differs]) => differs).map(([part]) => part)
  const [first] = differing
  // Without a path and with "/" a URL is the same, and its text is not.
  if (first === undefined || first === 'other') return pathDifference(sent, registered)
  const isLoopback = loopbackNames.has(one.hostname) && loopbackNames.has(other.hostname)
  if (first === 'scheme' && one.hostname === other.hostname && isWeb(one) && isWeb(other)) return 'scheme'
  if (first === 'loopback_name') return isLoopback && !differing.includes('other') ? 'loopback_name' : 'other'
  return first === 'scheme' || differing.includes('other') ? 'other' : first
}

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]'])

function isWeb({ protocol }: URL): boolean {
  return protocol === 'http:' || protocol === 'https:'
}

function pathDifference(sent: string, registered: string): RedirectUriDifference {
  const bare = (uri: string) => uri.replace(/\/(?=$|\?)/, '')
  if (bare(sent) === bare(registered)) return 'trailing_slash'
  return sent.toLowerCase() === registered.toLowerCase() ? 'case' : 'other'
}

export interface RedirectUriMismatch {
  sent: string
  /** As the client here is registered, or as it worked before; the sent one itself if nothing else is known. */
  registered: string
  differs: RedirectUriDifference
  /** `null` where the browser never came back: many servers show a page of their own instead. */
  refusal: Refusal | null
  event: FlowEvent
}

/**
 * The redirect URI of a flow that was refused for it, or that the browser never came back to though it is not the registered
 * one. `null` for others, and where it changed within the flow, which is a mistake of its own.
 */
export function redirectUriMismatch(events: FlowEvent[], context: DiagnosisContext): RedirectUriMismatch | null {
  const asked = askedIn(events)
  const sent = asked?.redirectUri
  if (!asked || !sent) return null
  const exchanged = exchangesFor(events, 'token_request').at(-1)
  const again = exchanged ? parameterOf(exchanged.request, 'redirect_uri') : null
  if (again !== null && again !== sent) return null
  const refusal = refusalIn(events)
  const isRefused = refusal?.reason === 'redirect_uri'
  if (!isRefused && !neverCameBack(events)) return null
  const all = knownRedirectUris(context, sent)
  const others = all.filter((uri) => uri !== sent)
  const known = others.find((uri) => redirectUriDifference(sent, uri) !== 'other') ?? others[0]
  if (!isRefused && (known === undefined || all.includes(sent))) return null
  const registered = known ?? sent
  const differs = redirectUriDifference(sent, registered)
  return { sent, registered, differs, refusal: isRefused ? refusal : null, event: asked.event }
}

/** Whether nothing came back from the authorization endpoint. */
export function neverCameBack(events: FlowEvent[]): boolean {
  const wait = events.findLast((event) => event.kind === 'wait' && (event.for === 'redirect' || event.for === 'code'))
  if (wait?.kind !== 'wait' || (wait.ended !== 'timed_out' && wait.ended !== 'cancelled')) return false
  return lastOf(events, 'redirect') === undefined && lastOf(events, 'stray_request') === undefined
}

/** What the client here is registered with, then what worked before; without those that differ by a port that may be any. */
function knownRedirectUris({ client, service, earlier }: DiagnosisContext, sent: string): string[] {
  const worked = earlier
    .filter(({ kind, outcome }) => kind === 'connect' && outcome === 'succeeded')
    .flatMap(({ events }) => askedIn(events)?.redirectUri ?? [])
  const isOtherPort = (uri: string) => redirectUriDifference(sent, uri) === 'port'
  const registered = client === null ? [] : [client.redirectUri]
  const takesAnyPort = client?.redirect.mode === 'ephemeral' && worked.some(isOtherPort)
  if (!takesAnyPort && service?.redirect.anyPort !== 'yes') return [...registered, ...worked]
  return [...registered, ...worked].map((uri) => (isOtherPort(uri) ? sent : uri))
}

interface Said extends Pick<Finding, 'title' | 'explanation' | 'remedy'> {
  actions?: Diagnosis['actions']
  /** The redirect URI to register, if it is not the one that was sent. */
  register?: string
}

/** A redirect URI on this machine that the service may take: with any port, unless it is known to compare it. */
export function proposedRedirect({ service }: Pick<DiagnosisContext, 'service'>): RedirectChoice {
  return service?.redirect.anyPort === 'no' ? { mode: 'fixed', port: proposedRedirectPort } : { mode: 'ephemeral' }
}

/** The finding for a mismatch: both redirect URIs with what differs, and where the right one is registered. */
export function mismatchFinding(mismatch: RedirectUriMismatch, context: DiagnosisContext, said: Said): Finding {
  const { sent, registered, refusal, event } = mismatch
  const parts = difference(sent, registered)
  const isOne = sent === registered
  const { actions = [], register = sent, ...words } = said
  return {
    weight: refusal === null ? 'likely' : 'cause',
    ...words,
    evidence: [
      evidence(event, 'redirect_uri', sent, isOne ? null : parts.one),
      ...(isOne ? [] : [evidence(null, 'registered', registered, parts.other)]),
      ...(refusal === null ? [] : refusalEvidence(refusal)),
    ],
    actions: [
      ...actions,
      copyRedirectUri(register),
      ...openRegistration(context),
      ...(isOne || redirectKindOf(sent) !== 'listened' ? [] : editClient(context)),
    ],
    specification: rfc(6749, '3.1.2.3'),
  }
}
