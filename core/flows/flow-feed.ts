// What callers are told of flows while they run: the events themselves, those of one burst together. What begins or ends a flow
// goes at once, behind the events that came before it. Keeps the list of flows that every new caller begins with.
import type { FlowEvent } from '../../contract/flow/event.ts'
import { type FlowSummary, withEvents } from '../../contract/flow/flow.ts'
import type { FlowChange } from './flow-log.ts'

/** A burst is what comes within this time (ms): events come by the dozen, and a person sees no difference. */
const burst = 40

export interface FlowFeed {
  tell(change: FlowChange): void
  /** The newest first. */
  list(): FlowSummary[]
  /** What was recorded before. */
  load(flows: FlowSummary[]): void
  /** Forgets everything, also what was not told yet: the vault locks. */
  forget(): void
}

export function createFlowFeed(send: (change: FlowChange) => void): FlowFeed {
  const waiting = new Map<string, { events: FlowEvent[]; eventCount: number }>()
  const flows = new Map<string, FlowSummary>()
  let timer: NodeJS.Timeout | undefined

  function keep(change: FlowChange): void {
    if (change.kind === 'flow') flows.set(change.flow.id, change.flow)
    if (change.kind === 'flow_removed') flows.delete(change.id)
    const known = change.kind === 'flow_events' ? flows.get(change.flowId) : undefined
    if (known && change.kind === 'flow_events') flows.set(known.id, { ...known, eventCount: change.eventCount })
  }

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const told = [...waiting]
    waiting.clear()
    for (const [flowId, more] of told) send({ kind: 'flow_events', flowId, ...more })
  }

  return {
    tell(change) {
      keep(change)
      if (change.kind !== 'flow_events') {
        flush()
        return send(change)
      }
      const { flowId, events, eventCount } = change
      waiting.set(flowId, { events: withEvents(waiting.get(flowId)?.events ?? [], events), eventCount })
      timer ??= setTimeout(flush, burst).unref()
    },
    list: () => [...flows.values()].sort((one, other) => other.startedAt - one.startedAt),
    load(loaded) {
      for (const flow of loaded) flows.set(flow.id, flow)
    },
    forget() {
      clearTimeout(timer)
      timer = undefined
      flows.clear()
      waiting.clear()
    },
  }
}
