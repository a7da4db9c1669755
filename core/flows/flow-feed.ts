// Sends callers the events of running flows, batched. The beginning and end of a flow are sent right away, after the events that
// came before.
import type { FlowEvent } from '../../contract/flow/event.ts'
import { withEvents } from '../../contract/flow/flow.ts'
import type { FlowChange } from './flow-log.ts'

/** Events within this time (ms) are sent together; a person does not notice the delay. */
const burst = 40

export interface FlowFeed {
  push(change: FlowChange): void
  /** Drops unsent events when the vault locks. */
  forget(): void
}

export function createFlowFeed(send: (change: FlowChange) => void): FlowFeed {
  const waiting = new Map<string, { events: FlowEvent[]; eventCount: number }>()
  let timer: NodeJS.Timeout | undefined

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    const batches = [...waiting]
    waiting.clear()
    for (const [flowId, more] of batches) send({ kind: 'flow_events', flowId, ...more })
  }

  return {
    push(change) {
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
