// How an operation on a connection runs: its secrets are hidden in a flow of its own, the connection is shown as busy, requests
// are retried as its retry policy says, and what came of it stands in the history, whichever way it ends.
import type { Act, Caller, ConnectionView, HistoryEntry } from '../../contract/connection.ts'
import type { FlowAbout, FlowKind } from '../../contract/flow/flow.ts'
import { inFlow } from '../flows/in-flow.ts'
import type { Recording } from '../flows/recording.ts'
import type { Limits, RetryPolicy } from '../flows/retry-policy.ts'
import { Problem } from '../problem.ts'
import type { Context } from './context.ts'
import { secretsOf } from './secrets-of.ts'

/** What the history says of it. */
interface Told {
  /** `done` where absent. */
  outcome?: HistoryEntry['outcome']
  detail: string
}

export interface Operation<T> {
  connectionId: string
  caller: Caller
  kind: Extract<FlowKind, Act>
  /** What the flow is about, beside the connection. */
  about?: Partial<FlowAbout>
  /** How the connection is shown meanwhile; `null` shows nothing. */
  busy: ConnectionView['busy']
  /** For an interactive operation where absent. */
  retries?: Limits | undefined
  /** After a success, within the operation: what it throws is the operation's failure. */
  afterwards?(value: T): Promise<void>
  /** What the history says of a success. */
  tell(value: T, recording: Recording): Told
  /** After a failure, before it is told. */
  onFailure?(error: unknown, retryPolicy: RetryPolicy): Promise<void>
  /** What the history says of a failure: the message where absent. `null` leaves neither an entry nor the flow. */
  tellFailure?(error: unknown, recording: Recording): string | null
}

/** What the work of an operation is given. */
export interface OperationRun {
  recording: Recording
  retryPolicy: RetryPolicy
}

/** Runs `work`, which answers its value and whether the flow succeeded. Throws what it throws, Problems redacted. */
export async function runOperation<T>(
  context: Context,
  operation: Operation<T>,
  work: (run: OperationRun) => Promise<{ value: T; succeeded: boolean }>,
): Promise<T> {
  const { connections, flows, history } = context
  const { connectionId: id, caller, kind, about, busy } = operation
  const { name, serviceId } = connections.record(id)
  const hide = await secretsOf(context, id)
  const recording = flows.start({ kind, about: { connection: name, ...about }, serviceId, connectionId: id, hide })
  // From the moment on that it is shown as busy it can be cancelled.
  const retryPolicy = context.retryPolicyFor(id, recording, operation.retries)
  if (busy !== null) connections.setBusy(id, busy)
  const entry = { caller, act: kind, flowId: recording.id }
  try {
    const value = await inFlow(recording, () => work({ recording, retryPolicy }))
    await operation.afterwards?.(value)
    await history.note(id, { ...entry, ...operation.tell(value, recording) })
    return value
  } catch (error) {
    await operation.onFailure?.(error, retryPolicy)
    const detail = operation.tellFailure ? operation.tellFailure(error, recording) : messageOf(error)
    if (detail === null) await flows.drop(recording.id)
    else await history.addFailure(id, { ...entry, detail })
    throw error
  } finally {
    if (busy !== null) connections.setBusy(id, null)
  }
}

/** What a failure says to a person; a bug says nothing. */
export function messageOf(error: unknown): string {
  return error instanceof Problem ? error.message : 'Failed'
}
