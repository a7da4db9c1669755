// Runs an operation on a connection: records it in a flow that hides the connection's secrets, shows the connection as busy,
// retries requests by its policy, and writes a history entry whether it succeeds or fails.
import type { Caller, ConnectionView, HistoryEntry, HistoryOperation } from '../../contract/connection.ts'
import type { FlowAbout, FlowKind } from '../../contract/flow/flow.ts'
import { inFlow } from '../flows/in-flow.ts'
import type { Recording } from '../flows/recording.ts'
import type { Limits, RetryPolicy } from '../flows/retry-policy.ts'
import { Problem } from '../problem.ts'
import type { Context } from './context.ts'
import { secretsOf } from './secrets-of.ts'

/** The result as the history records it. */
interface OperationResult {
  /** `done` by default. */
  outcome?: HistoryEntry['outcome']
  detail: string
}

export interface Operation<T> {
  connectionId: string
  caller: Caller
  kind: Extract<FlowKind, HistoryOperation>
  /** What the flow is about, besides the connection. */
  about?: Partial<FlowAbout>
  /** What the connection shows meanwhile; `null` for nothing. */
  busy: ConnectionView['busy']
  /** `interactive` by default. */
  retries?: Limits | undefined
  /** Runs after success, as part of the operation: if it throws, the operation fails. */
  afterwards?(value: T): Promise<void>
  /** The history entry for a success. */
  historyEntry(value: T, recording: Recording): OperationResult
  /** Runs after a failure, before it is recorded. */
  onFailure?(error: unknown, retryPolicy: RetryPolicy): Promise<void>
  /** The history's text for a failure; by default its message. `null` for no entry, and to drop the flow. */
  failureDetail?(error: unknown, recording: Recording): string | null
}

/** What an operation's work gets. */
export interface OperationRun {
  recording: Recording
  retryPolicy: RetryPolicy
}

/** Runs `work`, which returns its value and whether the flow succeeded. Rethrows its errors, Problems redacted. */
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
  // Once it is shown as busy, it must be possible to cancel it.
  const retryPolicy = context.retryPolicyFor(id, recording, operation.retries)
  if (busy !== null) connections.setBusy(id, busy)
  const entry = { caller, operation: kind, flowId: recording.id }
  try {
    const value = await inFlow(recording, () => work({ recording, retryPolicy }))
    await operation.afterwards?.(value)
    await history.note(id, { ...entry, ...operation.historyEntry(value, recording) })
    return value
  } catch (error) {
    await operation.onFailure?.(error, retryPolicy)
    const detail = operation.failureDetail ? operation.failureDetail(error, recording) : messageOf(error)
    if (detail === null) await flows.drop(recording.id)
    else await history.addFailure(id, { ...entry, detail })
    throw error
  } finally {
    if (busy !== null) connections.setBusy(id, null)
  }
}

/** A failure's message for the person; bugs have none. */
export function messageOf(error: unknown): string {
  return error instanceof Problem ? error.message : 'Failed'
}
