// When the flow that the person just started opens by itself. Pure. The rule: beside the screen where it was started, where both
// have room; once a flow; and where the person closed one that came by itself, only when something fails on that connection.
import type { FlowSummary } from '../../contract/flow/flow.ts'

/** Columns that leave the screen and a diagram room enough. */
export const roomForBoth = '(min-width: 1400px)'

interface Circumstances {
  /** The flow that the person started last; `undefined` until the host tells of it. */
  flow: FlowSummary | undefined
  /** The last one that was opened so. */
  openedId: string | null
  /** The connections whose flow the person closed. */
  quiet: ReadonlySet<string>
  /** The person is still at the screen where it was started. */
  isThere: boolean
  hasRoom: boolean
}

export function opensByItself({ flow, openedId, quiet, isThere, hasRoom }: Circumstances): boolean {
  if (flow === undefined || flow.id === openedId || !isThere || !hasRoom) return false
  return flow.outcome === 'failed' || !quiet.has(flow.connectionId ?? '')
}
