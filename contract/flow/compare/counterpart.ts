// The flow to compare one with, if nobody names another.
import type { FlowSummary } from '../flow.ts'

/**
 * The last good flow of the same kind at the same service before this one, preferably of the same connection; where there is
 * none before, the first after it. `null` if there is none.
 */
export function counterpartOf(flow: FlowSummary, flows: FlowSummary[]): FlowSummary | null {
  const good = flows.filter(
    (one) =>
      one.id !== flow.id && one.kind === flow.kind && one.serviceId === flow.serviceId && one.outcome === 'succeeded',
  )
  const own = good.filter(({ connectionId }) => connectionId !== null && connectionId === flow.connectionId)
  return nearest(own, flow.startedAt) ?? nearest(good, flow.startedAt)
}

function nearest(flows: FlowSummary[], at: number): FlowSummary | null {
  const sorted = flows.toSorted((one, other) => one.startedAt - other.startedAt)
  return sorted.findLast(({ startedAt }) => startedAt <= at) ?? sorted[0] ?? null
}
