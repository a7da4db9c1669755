// Corrects a stored flow that was running when its host died: it has ended, with an unknown outcome.
import type { FlowEvent } from '../../contract/flow/event.ts'
import type { Flow, FlowSummary } from '../../contract/flow/flow.ts'
import { exchangeFailureWords } from '../../contract/flow/trouble-words.ts'
import { cutOffFlow } from './cut-off.ts'

export function summaryOf(flow: Flow): FlowSummary {
  const { events: _events, failure: _failure, ...summary } = flow
  return summary
}

/** A flow that was running when its host ended: it has ended, but what the server did is unknown. */
export function interrupted(flow: Flow): Flow {
  const lastKnown = flow.events.reduce((latest, event) => Math.max(latest, lastMoment(event)), flow.startedAt)
  return {
    ...flow,
    outcome: 'failed',
    endedAt: lastKnown,
    events: flow.events.map(cutOffEvent),
    failure: cutOffFlow(flow),
  }
}

/** The same for a summary, if the flow itself was not read. */
export function interruptedSummary(summary: FlowSummary): FlowSummary {
  return { ...summary, outcome: 'failed', endedAt: summary.endedAt ?? summary.startedAt }
}

function lastMoment(event: FlowEvent): number {
  if (event.kind === 'exchange') return event.at + (event.timing.whole ?? 0)
  if (event.kind === 'legacy_step') return event.at + (event.ms ?? 0)
  return event.kind === 'wait' ? (event.endedAt ?? event.at) : event.at
}

function cutOffEvent(event: FlowEvent): FlowEvent {
  if (event.kind === 'exchange' && event.outcome === 'running') {
    return { ...event, outcome: 'failed', failure: { kind: 'host_ended' } }
  }
  if (event.kind === 'wait' && event.ended === 'running') return { ...event, ended: 'host_ended' }
  if (event.kind !== 'legacy_step' || event.outcome !== 'running') return event
  return { ...event, outcome: 'failed', note: exchangeFailureWords({ kind: 'host_ended' }) }
}
