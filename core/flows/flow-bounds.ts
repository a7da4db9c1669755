// Which flows to delete if there are too many: those of the connection that has most, and the last failure and success of each
// kind go last. Pure.
import { fairShares } from '../sealed-log/fair-share.ts'

export interface FlowBounds {
  /** Of each connection; flows of none are counted by their service. */
  perConnection: number
  bytesPerConnection: number
  /** All together. */
  total: number
  totalBytes: number
}

/** A flow as far as it is counted. */
export interface CountedFlow {
  id: string
  kind: string
  serviceId: string
  connectionId: string | null
  startedAt: number
  outcome: string
  bytes: number
}

/** Whose share a flow is counted in. */
export function shareOf({ connectionId, serviceId }: Pick<CountedFlow, 'connectionId' | 'serviceId'>): string {
  return connectionId ?? `service:${serviceId}`
}

/** Those that have to go. */
export function beyondBounds<F extends CountedFlow>(flows: readonly F[], bounds: FlowBounds): F[] {
  const groups = [...Map.groupBy(flows, shareOf).values()]
  groups.sort((one, other) => newest(one) - newest(other))
  const counts = new Map(groups.map((group) => [group, Math.min(group.length, bounds.perConnection)]))
  const sizes = new Map(groups.map((group) => [group, Math.min(bytesOf(group), bounds.bytesPerConnection)]))
  const mayKeep = fairShares(counts, bounds.total)
  const mayWeigh = fairShares(sizes, bounds.totalBytes)
  return groups.flatMap((group) => leaving(group, mayKeep.get(group) ?? 0, mayWeigh.get(group) ?? 0))
}

function leaving<F extends CountedFlow>(group: F[], mayKeep: number, mayWeigh: number): F[] {
  let [count, bytes] = [group.length, bytesOf(group)]
  if (count <= mayKeep && bytes <= mayWeigh) return []
  const gone: F[] = []
  for (const flow of leastMissedFirst(group)) {
    if (count <= mayKeep && bytes <= mayWeigh) break
    gone.push(flow)
    count -= 1
    bytes -= flow.bytes
  }
  return gone
}

/** The oldest first, but for the last of each kind that failed and that succeeded. */
function leastMissedFirst<F extends CountedFlow>(group: F[]): F[] {
  const oldestFirst = [...group].sort((one, other) => one.startedAt - other.startedAt)
  const last = new Map(oldestFirst.map((flow) => [`${flow.kind} ${flow.outcome}`, flow]))
  const isLast = (flow: F) => flow.outcome !== 'cancelled' && last.get(`${flow.kind} ${flow.outcome}`) === flow
  return [...oldestFirst.filter((flow) => !isLast(flow)), ...oldestFirst.filter(isLast)]
}

const bytesOf = (group: readonly CountedFlow[]) => group.reduce((sum, { bytes }) => sum + bytes, 0)
const newest = (group: readonly CountedFlow[]) => group.reduce((latest, flow) => Math.max(latest, flow.startedAt), 0)
