// The authorization response of a flow, and what came to the redirect listener in its place.
import type { EventOf, FlowEvent } from '../../../contract/flow/event.ts'
import { lastOf, parameterOf } from './facts.ts'

type Stray = EventOf<'stray_request'>

/** The last stray request of this kind, where no answer was taken. */
export function strayInstead(events: FlowEvent[], reason: Stray['reason']): Stray | undefined {
  if (lastOf(events, 'redirect') !== undefined) return undefined
  return events.findLast((event): event is Stray => event.kind === 'stray_request' && event.reason === reason)
}

/** A parameter of a stray request's query. */
export function strayParameter({ request }: Stray, name: string): string | null {
  return request === null ? null : parameterOf(request, name)
}

/** Whether a stray request looks like an authorization response: browsers ask for much else. */
export function looksLikeAnswer(stray: Stray): boolean {
  return ['code', 'error', 'state'].some((name) => strayParameter(stray, name) !== null)
}

/** The address of a stray request without its query; empty if it was not recorded. */
export function strayPath({ request }: Stray): string {
  return request?.url.split('?')[0] ?? ''
}

/** How long the flow waited for the answer, in ms; `null` if it is not known. */
export function waitedFor(events: FlowEvent[]): number | null {
  const wait = events.findLast((event) => event.kind === 'wait' && (event.for === 'redirect' || event.for === 'code'))
  return wait?.kind === 'wait' && wait.endedAt !== null ? wait.endedAt - wait.at : null
}
