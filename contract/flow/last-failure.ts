// The failure that a connection has not recovered from: what is shown on it until it works again.
import { type FlowKind, type FlowSummary, isImported } from './flow.ts'

/** What shows that a kind of operation works again, besides one of its own. */
const clearedBy: Partial<Record<FlowKind, FlowKind[]>> = {
  refresh: ['connect'],
  identify: ['connect', 'refresh'],
  request: ['connect', 'refresh'],
}

/** The flow whose failure marked its connection at `since` (ms): the last one that had begun by then and failed. */
export function markedBy(flows: readonly FlowSummary[], connectionId: string, since: number): FlowSummary | null {
  const failed = flows.filter(
    (flow) => flow.connectionId === connectionId && flow.outcome === 'failed' && flow.startedAt <= since,
  )
  return newestOf(failed)
}

function newestOf(flows: readonly FlowSummary[]): FlowSummary | null {
  return flows.reduce<FlowSummary | null>(
    (newest, flow) => (newest === null || flow.startedAt > newest.startedAt ? flow : newest),
    null,
  )
}

/** The newest flow of a connection that failed, unless a later one succeeded where it failed; `null` if there is none. */
export function lastFailure(flows: readonly FlowSummary[], connectionId: string): FlowSummary | null {
  const own = flows.filter((flow) => flow.connectionId === connectionId && !isImported(flow))
  const failed = own.filter(({ outcome }) => outcome === 'failed')
  const works = (kind: FlowKind, since: number) =>
    own.some(
      (flow) =>
        flow.outcome === 'succeeded' &&
        flow.startedAt > since &&
        (flow.kind === kind || clearedBy[kind]?.includes(flow.kind)),
    )
  return newestOf(failed.filter(({ kind, startedAt }) => !works(kind, startedAt)))
}
