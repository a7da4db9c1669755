// The steps of a flow: what went from one party to another. The same numbers in the diagram, the list and what is said of them.
import type { FlowEvent } from '../event.ts'
import { eventParties } from '../words.ts'

/** The number of each event that is a step, by the event's id; checks, waits and remarks have none. */
export function stepNumbers(events: readonly FlowEvent[]): Map<string, number> {
  const numbers = new Map<string, number>()
  for (const event of events) {
    const { from, to } = eventParties(event)
    if (from !== to && event.kind !== 'revocation_not_offered') numbers.set(event.id, numbers.size + 1)
  }
  return numbers
}
