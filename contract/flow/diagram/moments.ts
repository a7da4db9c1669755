// The rows of a flow's events in time: an answer stands where it came, after what happened between it and its request.
import type { FlowEvent } from '../event.ts'
import { type Draft, type DraftContext, draftsOf } from './drafts.ts'

export interface Moment {
  event: FlowEvent
  draft: Draft
  /** Whether it is the first of its event. */
  first: boolean
}

/** Durations and times are of two clocks, each in whole milliseconds: so far they may be apart (ms). */
const clockTolerance = 25

/** In the order in which it happened, or is still to come. */
export function momentsOf(events: readonly FlowEvent[], context: DraftContext): Moment[] {
  const moments: Moment[] = []
  let pending: { moment: Moment; at: number }[] = []

  function settle(until: number): void {
    const due = pending.filter(({ at }) => at <= until).sort((one, other) => one.at - other.at)
    if (due.length === 0) return
    pending = pending.filter(({ at }) => at > until)
    moments.push(...due.map(({ moment }) => moment))
  }

  for (const event of events) {
    settle(event.at + clockTolerance)
    draftsOf(event, context).forEach((draft, index) => {
      const moment = { event, draft, first: index === 0 }
      // The parts of an event that begin with it follow it at once; an answer waits for its time.
      const at = draft.at ?? Number.POSITIVE_INFINITY
      if (at > event.at) pending.push({ moment, at })
      else moments.push(moment)
    })
  }
  settle(Number.POSITIVE_INFINITY)
  return moments
}
