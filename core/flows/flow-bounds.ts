// Which flows to delete if there are too many: those of the connection that has most, and the last failure and success of each
// kind go last. Pure.
import { fairShares } from '../sealed-log/fair-share.ts'

export interface FlowBounds {
  /** For each connection; flows without one are counted by service. */
  perConnection: number
  bytesPerConnection: number
  /** In total. */
  total: number
  totalBytes: number
}

/** The part of a flow that counts for the bounds. */
export interface CountedFlow {
  id: string
  kind: string
  serviceId: string
  connectionId: string | null
  startedAt: number
  outcome: string
  bytes: number
  about?: { importedFrom: string | null }
}

/** Whose share a flow counts for. A file with many logins must not push out what was recorded here. */
export function shareOf({
  connectionId,
  serviceId,
  about,
}: Pick<CountedFlow, 'connectionId' | 'serviceId' | 'about'>): string {
  if (about && about.importedFrom !== null) return 'imported'
  return connectionId ?? `service:${serviceId}`
}

/** The flows to delete. */
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

/** Oldest first, but the last failure and success of each kind come at the end. */
function leastMissedFirst<F extends CountedFlow>(group: F[]): F[] {
  const oldestFirst = [...group].sort((one, other) => one.startedAt - other.startedAt)
  const last = new Map(oldestFirst.map((flow) => [`${flow.kind} ${flow.outcome}`, flow]))
  const isLast = (flow: F) => flow.outcome !== 'cancelled' && last.get(`${flow.kind} ${flow.outcome}`) === flow
  return [...oldestFirst.filter((flow) => !isLast(flow)), ...oldestFirst.filter(isLast)]
}

const bytesOf = (group: readonly CountedFlow[]) => group.reduce((sum, { bytes }) => sum + bytes, 0)
const newest = (group: readonly CountedFlow[]) => group.reduce((latest, flow) => Math.max(latest, flow.startedAt), 0)
