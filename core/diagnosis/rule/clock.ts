// Whether a server's clock and this machine's differ, by an answer whose date is bracketed by our sending and receiving.
import type { EventOf, FlowEvent } from '../../../contract/flow/event.ts'
import { headerOf } from './facts.ts'

export interface ClockSkew {
  event: EventOf<'exchange'>
  /** The server's `Date`. */
  date: string
  /** How far this machine's clock is ahead of the server's (ms), at least; negative if it is behind. */
  ahead: number
}

/** Less (ms) disturbs nothing: tokens are read with some tolerance. */
const tolerance = 60_000
/** What a `Date` leaves out (ms). */
const second = 1_000

/** By the last answer that tells; `null` if the clocks agree. An answer from a cache has an old date. @see RFC 9110 §6.6.1 */
export function clockSkew(events: FlowEvent[]): ClockSkew | null {
  for (const event of events.toReversed()) {
    if (event.kind !== 'exchange' || event.response === null || event.timing.waiting === null) continue
    const date = headerOf(event.response, 'date')
    const theirs = date === null ? Number.NaN : Date.parse(date)
    if (date === null || Number.isNaN(theirs) || headerOf(event.response, 'age') !== null) continue
    const answeredAt = event.at + event.timing.waiting
    const ahead = event.at - (theirs + second)
    const behind = theirs - answeredAt
    if (ahead > tolerance) return { event, date, ahead }
    return behind > tolerance ? { event, date, ahead: -behind } : null
  }
  return null
}
