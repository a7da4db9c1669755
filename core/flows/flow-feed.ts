// Sends callers the events of running flows, batched. The beginning and end of a flow are sent right away, after the events that
// came before.
import type { FlowEvent } from '../../contract/flow/event.ts'
import { withEvents } from '../../contract/flow/flow.ts'
import type { FlowChange } from './flow-log.ts'

/** A burst is what comes within this time (ms): events come by the dozen, and a person sees no difference. */
const burst = 40

export interface FlowFeed {
  tell(change: FlowChange): void
  /** Forgets what was not told yet: the vault locks. */
  forget(): void
}

export function createFlowFeed(send: (change: FlowChange) => void): FlowFeed {
  const waiting = new Map<string, { events: FlowEvent[]; eventCount: number }>()
  let timer: NodeJS.Timeout | undefined

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const told = [...waiting]
    waiting.clear()
    for (const [flowId, more] of told) send({ kind: 'flow_events', flowId, ...more })
  }

  return {
    tell(change) {
      if (change.kind !== 'flow_events') {
        flush()
        return send(change)
      }
      const { flowId, events, eventCount } = change
      waiting.set(flowId, { events: withEvents(waiting.get(flowId)?.events ?? [], events), eventCount })
      timer ??= setTimeout(flush, burst).unref()
    },
    forget() {
      clearTimeout(timer)
      timer = undefined
      waiting.clear()
    },
  }
}
