// The scopes that a flow asked for, as they stood in its request.
import type { EventOf, FlowEvent } from '../../../contract/flow/event.ts'
import type { Service } from '../../../contract/service.ts'
import { askedIn } from './authorization.ts'
import { exchangesFor, parameterOf } from './facts.ts'

export interface AskedScopes {
  event: EventOf<'authorization_request'> | EventOf<'exchange'>
  /** As it was sent. */
  text: string
  scopes: string[]
}

/** `null` where no scope was sent. */
export function askedScopes(events: FlowEvent[], service: Service | null): AskedScopes | null {
  const asked = askedIn(events)
  const atEndpoint = exchangesFor(events, 'device_authorization', 'token_request', 'refresh').findLast(
    ({ request }) => parameterOf(request, 'scope') !== null,
  )
  const event = asked?.parameter('scope') ? asked.event : atEndpoint
  const text = asked?.parameter('scope') ?? (atEndpoint ? parameterOf(atEndpoint.request, 'scope') : null)
  if (!event || !text) return null
  return { event, text, scopes: text.split(service?.scopes.separator ?? ' ').filter(Boolean) }
}

/** The scopes that the service's description lists. */
export function describedScopes(service: Service | null): string[] {
  return service?.scopes.groups.flatMap(({ scopes }) => scopes.map(({ value }) => value)) ?? []
}
