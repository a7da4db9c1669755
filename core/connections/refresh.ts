// Refreshing, one at a time per connection. refresh-operation.ts is what one refresh leaves behind, refresh-exchange.ts its
// token request.
import type { Caller } from '../../contract/connection.ts'
import type { ClientAuthentication } from '../../contract/service.ts'
import { problem } from '../problem.ts'
import type { Secret } from '../secret.ts'
import type { Context } from './context.ts'
import { isFromLater } from './due.ts'
import { recoverInterrupted } from './interrupted-operations.ts'
import { type RefreshRequest, refreshOperation } from './refresh-operation.ts'
import { createSharedRuns, type Run } from './shared-runs.ts'
import { revokedProblem } from './token-source.ts'

export interface Refresher {
  /**
   * Callers who ask during a refresh share its answer, except those who try another client authentication method: that is a
   * refresh of its own, and the method is kept with the client if it works.
   */
  refresh(id: string, caller: Caller, clientAuthentication?: ClientAuthentication): Promise<void>
  /** Refreshes without retries, because nobody waits. Records a failure only if it is a refusal or `isNews`. */
  refreshUnasked(id: string, isNews: (error: unknown) => boolean): Promise<void>
  /** Refreshes only if the access token expires within `within` ms and can be refreshed. */
  ensureFresh(id: string, within: number, caller: Caller): Promise<void>
  /** Call when this access token has worked: the previous refresh token is not needed any more. */
  confirmRefresh(id: string, accessToken: Secret): Promise<void>
  /** After the vault is opened: marks connections whose refresh or revocation was cut off. */
  recover(): Promise<void>
}

export function createRefresher(context: Context): Refresher {
  const { clock, connections, operations } = context
  const runs = createSharedRuns()
  const run = refreshOperation(context)

  function begin(id: string, asked: RefreshRequest): Promise<void> {
    const whole: Run = (joined) => operations.onTokens(id, () => run(id, asked, joined))
    if (asked.method !== undefined) return runs.begin(id, whole)
    return runs.join(id, asked.unasked ? null : asked.caller, whole)
  }

  return {
    refresh: (id, caller, method) => begin(id, { caller, method }),
    refreshUnasked: (id, isNews) => begin(id, { caller: 'host', unasked: isNews }),
    async ensureFresh(id, within, caller) {
      const record = connections.record(id)
      const { expiresAt, refreshable, status } = record
      const revoked = revokedProblem(record)
      // The token of a revocation that is not verified may still work.
      if (status.kind === 'revocation_accepted' && (expiresAt === null || expiresAt > clock.now())) return
      if (revoked) throw revoked
      if (expiresAt === null) return
      // If the clock was set back, the expiry is meaningless: refresh rather than trust it.
      if (expiresAt - clock.now() > within && !(refreshable && isFromLater(record, clock.now()))) return
      if (!refreshable) {
        if (expiresAt > clock.now()) return
        throw problem('not_supported', 'The access token has expired and there is no refresh token.', 'Reconnect.')
      }
      await begin(id, { caller })
    },
    async confirmRefresh(id, accessToken) {
      await connections.updateTokens(id, { lastUsedAt: clock.now() }, (tokens) => {
        const isCurrent = tokens.accessToken.reveal() === accessToken.reveal()
        return isCurrent && tokens.previousRefreshToken ? { ...tokens, previousRefreshToken: null } : null
      })
    },
    recover: () => recoverInterrupted(context),
  }
}
