// The authorization request of a flow, whether the browser carried its parameters or they were pushed before.
import type { EventOf, FlowEvent } from '../../../contract/flow/event.ts'
import { exchangesFor, lastOf, pairOf, parameterOf } from './facts.ts'

export interface Asked {
  /** The event that holds the parameters. */
  event: EventOf<'authorization_request'> | EventOf<'exchange'>
  redirectUri: string | null
  parameter(name: string): string | null
}

/** The last authorization request; `undefined` if there was none. @see RFC 9126 §2.1 */
export function askedIn(events: FlowEvent[]): Asked | undefined {
  const pushed = exchangesFor(events, 'pushed_authorization').at(-1)
  if (pushed) {
    const parameter = (name: string) => parameterOf(pushed.request, name)
    return { event: pushed, redirectUri: parameter('redirect_uri'), parameter }
  }
  const asked = lastOf(events, 'authorization_request')
  if (!asked) return undefined
  const parameter = (name: string) => pairOf(asked, name)
  return { event: asked, redirectUri: parameter('redirect_uri') ?? asked.redirectUri, parameter }
}

/** All parameters of an authorization request, in their order. */
export function askedParameters({ event }: Asked): [string, string][] {
  return event.kind === 'authorization_request' ? event.parameters : [...new URLSearchParams(event.request.body ?? '')]
}
