// One refresh as an operation on a connection: what it leaves in the connection, the flows and the history. A refusal by the
// server marks the connection and keeps its tokens; any other failure changes nothing.
import type { Caller, HistoryEntry } from '../../contract/connection.ts'
import type { ClientAuthentication } from '../../contract/service.ts'
import { noRetries, type RetryPolicy } from '../flows/retry-policy.ts'
import type { ConnectionRecord } from '../records.ts'
import { cancellationMessage, isCancelled } from './cancelled.ts'
import type { Context } from './context.ts'
import { isUnusableAnswer, withUnknownOutcome } from './outcome-unknown.ts'
import { isRefusal } from './previous-token.ts'
import { notRefreshable, refreshExchange } from './refresh-exchange.ts'
import { messageOf, runOperation } from './run-operation.ts'
import type { Joined } from './shared-runs.ts'
import { revokedProblem } from './token-source.ts'
import { isClientRefused, triedClient } from './tried-client.ts'

/** How a refresh was asked for. */
export interface RefreshRequest {
  caller: Caller
  /** Another client authentication method to try; kept with the client if it works. */
  method?: ClientAuthentication
  /** For a refresh that nobody waits for: whether a failure is worth recording. */
  unasked?: (error: unknown) => boolean
}

/** Refreshes `id`. `joined` are the callers who asked meanwhile. Throws Problem. */
export type RefreshOperation = (id: string, asked: RefreshRequest, joined: Joined) => Promise<void>

export function refreshOperation(context: Context): RefreshOperation {
  const { clock, connections, history } = context
  const exchange = refreshExchange(context)

  /** One history entry for each kind of caller that joined. */
  async function noteJoined(id: string, joined: Joined, outcome: HistoryEntry['outcome'], flowId: string) {
    for (const [caller, times] of joined) {
      joined.delete(caller)
      const detail = `Joined the refresh that was under way${times > 1 ? `, ${times} times` : ''}`
      await history.note(id, { caller, operation: 'refresh', outcome, detail, flowId })
    }
  }

  /** Marks the connection if the server refused (but not if it only refused a method that was tried), or may have refreshed. */
  async function settle(
    id: string,
    before: ConnectionRecord,
    error: unknown,
    retryPolicy: RetryPolicy,
    tried: boolean,
  ) {
    const status = { kind: 'needs_attention' as const, since: clock.now() }
    // After an accepted revocation a refusal is to be expected: it says no more than that the tokens are dead.
    const isAccepted = before.status.kind === 'revocation_accepted'
    const refused = isRefusal(error) && !isAccepted && !(tried && isClientRefused(error))
    const lost = !isRefusal(error) && (retryPolicy.unanswered || isUnusableAnswer(error))
    const mark = {
      ...(refused ? { status: { ...status, failure: error.failure } } : {}),
      ...(lost ? { outcomeUnknown: { since: clock.now(), operation: 'refresh' as const } } : {}),
    }
    // If this cannot be written, the next start says that an answer may have been lost, which does no harm.
    await connections.update(id, { refreshing: null, ...mark }).catch(() => undefined)
  }

  return async (id, { caller, method, unasked }, joined) => {
    const record = connections.record(id)
    // These refusals send nothing, and leave no flow.
    const revoked = record.status.kind === 'revoked' ? revokedProblem(record) : null
    if (revoked) throw revoked
    if (!record.refreshable) throw notRefreshable()
    const tried = method === undefined ? null : await triedClient(context, record, method)
    let flowId: string | null = null
    let outcome: HistoryEntry['outcome'] = 'failed'
    try {
      await runOperation<void>(
        context,
        {
          ...{ connectionId: id, caller, kind: 'refresh', busy: 'refreshing', retries: unasked && noRetries },
          async afterwards() {
            connections.setWaiting(id, null)
            outcome = 'done'
          },
          historyEntry: () => ({ detail: `New access token${tried ? `; ${tried.words}` : ''}` }),
          onFailure: (error, retryPolicy) => settle(id, record, error, retryPolicy, tried !== null),
          failureDetail: (error) => (isWorthRecording(error, unasked) ? messageOf(error) : null),
        },
        async ({ recording, retryPolicy }) => {
          flowId = recording.id
          if (tried) recording.add({ kind: 'decision', decision: tried.decision })
          await exchange(id, { recording, retryPolicy, tried }).catch((error: unknown) => {
            const lostJustNow = retryPolicy.unanswered ? { since: clock.now(), operation: 'refresh' as const } : null
            const lost = record.outcomeUnknown ?? lostJustNow
            throw withUnknownOutcome(cancellationMessage('refresh', error, retryPolicy.unanswered), lost)
          })
          return { value: undefined, succeeded: true }
        },
      )
    } catch (error) {
      throw tried ? tried.refused(error) : error
    } finally {
      if (flowId !== null) await noteJoined(id, joined, outcome, flowId)
    }
  }
}

/** Failures of a refresh that nobody asked for are recorded only if they are a refusal, or news. */
function isWorthRecording(error: unknown, unasked: RefreshRequest['unasked']): boolean {
  return unasked === undefined || isRefusal(error) || isCancelled(error) || unasked(error)
}
