// The flows that the person started from this window: what a failure leads to, and what may open by itself. A renewal that the
// host makes by itself, and what another caller does, is none of them. Pure.
import type { Change } from '../../contract/change.ts'
import type { FlowKind, FlowSummary } from '../../contract/flow/flow.ts'
import type { ProcedureInput, ProcedureName } from '../../contract/procedures.ts'

/** An operation on a connection that makes a flow. */
export interface Operation {
  connectionId: string
  kind: FlowKind
}

export interface StartedFlow extends Operation {
  /** The ids of the flows of this kind that were there before. */
  earlier: ReadonlySet<string>
  /** `null` until the host tells of it. */
  flowId: string | null
}

/** The last one of each kind of each connection. */
export type StartedFlows = Readonly<Record<string, StartedFlow>>

/** What stands for an operation among the started flows. */
export function operationKey({ connectionId, kind }: Operation): string {
  return `${kind} ${connectionId}`
}

const kinds: Partial<Record<ProcedureName, FlowKind>> = {
  'connections.refresh': 'refresh',
  'connections.revoke': 'revoke',
  'connections.checkRevocation': 'revoke',
  'connections.identify': 'identify',
  'requests.send': 'request',
}

/** The operation that a call is; `null` for any other. */
export function operationOf<Name extends ProcedureName>(name: Name, input: ProcedureInput<Name>): Operation | null {
  const kind = kinds[name]
  if (kind === undefined) return null
  if ('connectionId' in input && typeof input.connectionId === 'string')
    return { connectionId: input.connectionId, kind }
  return 'id' in input && typeof input.id === 'string' ? { connectionId: input.id, kind } : null
}

/** The person starts an operation while these flows are known. */
export function started(flows: StartedFlows, operation: Operation, known: readonly FlowSummary[]): StartedFlows {
  const earlier = new Set(known.filter((flow) => isOf(flow, operation)).map(({ id }) => id))
  return { ...flows, [operationKey(operation)]: { ...operation, earlier, flowId: null } }
}

/** What a change makes of them: the first new flow of an operation is its own. The same where it is about none. */
export function applyToStarted(flows: StartedFlows, change: Change): StartedFlows {
  if (change.kind !== 'flow') return flows
  const { flow } = change
  const own = Object.values(flows).find((one) => one.flowId === null && isOf(flow, one) && !one.earlier.has(flow.id))
  return own === undefined ? flows : { ...flows, [operationKey(own)]: { ...own, flowId: flow.id } }
}

function isOf(flow: FlowSummary, { connectionId, kind }: Operation): boolean {
  return flow.connectionId === connectionId && flow.kind === kind
}
