// Refreshing: one at a time per connection, written down before it is sent, stored before anyone sees it.
// A refusal by the server is shown and keeps the tokens; everything else changes nothing.
import type { Caller, HistoryEntry } from '../../contract/connection.ts'
import type { Failure } from '../../contract/failure.ts'
import type { ClientAuthentication, Grant } from '../../contract/service.ts'
import type { Recording } from '../flows/recording.ts'
import { noRetries, type RetryPolicy } from '../flows/retry-policy.ts'
import { refreshTokens, requestClientCredentials, type TokenEndpoint, UnusableAnswer } from '../oauth/token-endpoint.ts'
import { type Problem, problem } from '../problem.ts'
import type { ConnectionRecord, TokensRecord } from '../records.ts'
import type { Secret } from '../secret.ts'
import { inWordsOf, isCancelled } from './cancelled.ts'
import type { Context } from './context.ts'
import { isFromLater } from './due.ts'
import { askedOf, extrasOf, namingInputs } from './grant-answers.ts'
import { checkScopes } from './identity-checks.ts'
import { isUnusableAnswer, withUnknownOutcome } from './outcome-unknown.ts'
import { isRefusal, refreshWithEither } from './previous-token.ts'
import { messageOf, runOperation } from './run-operation.ts'
import { scopesChanged } from './scope-record.ts'
import {
  grantOf,
  profileFrom,
  revokedProblem,
  shownScopes,
  tokenEndpointOf,
  tokenExchange,
  tokensFrom,
} from './token-source.ts'
import { isClientRefused, type TriedClient, triedClient } from './tried-client.ts'

/** Who asked while a refresh was under way, and how often. */
type Joined = Map<Caller, number>

/** A refresh as it was asked for. */
interface Asked {
  caller: Caller
  method?: ClientAuthentication
  /** Nobody waits for it; whether a failure is worth to be told. */
  unasked?: (error: unknown) => boolean
}

export interface Refresher {
  /**
   * All callers that ask while one is under way get its answer, but for one who asks for another client authentication
   * method: that is a try of its own, and kept with the client if it worked.
   */
  refresh(id: string, caller: Caller, clientAuthentication?: ClientAuthentication): Promise<void>
  /**
   * Nobody asked, and nobody waits: sent once, and taken up again later. A failure that is no refusal, and no news either,
   * leaves neither a flow nor an entry in the history.
   */
  refreshUnasked(id: string, isNews: (error: unknown) => boolean): Promise<void>
  /** Refreshes only when the access token ends within `within` ms and can be refreshed. */
  ensureFresh(id: string, within: number, caller: Caller): Promise<void>
  /** This access token has worked: the refresh token before it is not needed any more. */
  confirmRefresh(id: string, accessToken: Secret): Promise<void>
  /** After an opening: a refresh, or a revocation, whose answer may have been lost is told to the person. */
  recover(): Promise<void>
}

async function ask(at: TokenEndpoint, grant: Grant, record: ConnectionRecord, tokens: TokensRecord) {
  // What the client can always ask for anew does not depend on a refresh token that came unasked.
  if (tokens.refreshToken && grant.type !== 'client_credentials') {
    return refreshTokens(at, { refreshToken: tokens.refreshToken, ...extrasOf(grant, record) })
  }
  const choice = { ...record, scopes: record.scopes.requested }
  return requestClientCredentials(at, askedOf(grant, choice)).catch(namingInputs(grant, choice))
}

export function createRefresher(context: Context): Refresher {
  const { clock, services, clients, connections, history, operations } = context
  const underWay = new Map<string, { answer: Promise<void>; joined: Joined }>()

  /** Those who asked meanwhile have had the answer too; one entry for each kind of caller, however often it asked. */
  async function tellJoined(id: string, joined: Joined, outcome: HistoryEntry['outcome'], flowId: string) {
    for (const [caller, times] of joined) {
      joined.delete(caller)
      const detail = `Joined the refresh that was under way${times > 1 ? `, ${times} times` : ''}`
      await history.note(id, { caller, operation: 'refresh', outcome, detail, flowId })
    }
  }

  /** A refresh token that came in an answer of no other use takes the place of the one that was shown for it. */
  function keepingWhatCame(id: string, { refreshToken }: TokensRecord, recording: Recording) {
    return async (error: unknown): Promise<never> => {
      if (error instanceof UnusableAnswer && refreshToken?.reveal() !== error.refreshToken.reveal()) {
        recording.hide(error.refreshToken, 'refresh_token')
        const was = { record: connections.record(id), tokens: await connections.tokens(id) }
        const newer = { refreshToken: error.refreshToken, previousRefreshToken: refreshToken }
        // Held where it cannot be written now; what the person is told is why the answer was of no use.
        await connections.renew(id, was, {}, { ...was.tokens, ...newer }).catch(() => undefined)
      }
      throw error
    }
  }

  /**
   * A token request is sent again also where its answer may have been lost. With a refresh token that was replaced
   * meanwhile, that costs nothing which was not lost with the answer: the tokens that it would end never arrived. Far more
   * often the request never got through, or the service keeps the old refresh token until the new access token is used.
   */
  async function exchange(
    id: string,
    recording: Recording,
    retryPolicy: RetryPolicy,
    tried: TriedClient | null,
  ): Promise<void> {
    const record = connections.record(id)
    const tokens = await connections.tokens(id)
    if (!record.clientId) throw problem('not_supported', 'This token was not obtained by a client.')
    const service = services.find(record.serviceId)
    const grant = grantOf(service, record.grantId)
    const client = tried?.record ?? clients.record(record.clientId)
    const clientSecret = await clients.secret(record.clientId)
    if (!tokens.refreshToken && grant.type !== 'client_credentials') throw notRefreshable()
    await connections.update(id, { refreshing: { since: clock.now(), flowId: recording.id } })
    const common = { service, grant, client, clientSecret, recording, retryPolicy, repeatable: 'always' as const }
    const { answer, used } = await refreshWithEither(tokens, {
      ask: (held, which) => {
        const given = held.refreshToken && grant.type !== 'client_credentials' ? which : 'client_credentials'
        const exchange = tokenExchange(common, { kind: 'refresh', with: given })
        const at = tokenEndpointOf({ ...common, exchange })
        return ask(at, grant, record, held).catch(keepingWhatCame(id, held, recording))
      },
      forgetPrevious: () => connections.updateTokens(id, {}, (held) => ({ ...held, previousRefreshToken: null })),
    })
    const profile = profileFrom(answer, clock.now(), grant, tokens.refreshToken !== null)
    const scopes = { ...record.scopes, granted: shownScopes(answer.scopes, recording) ?? record.scopes.granted }
    checkScopes(recording, record.scopes.requested, answer.scopes)
    const changed = scopesChanged(record, 'refresh', scopes, clock.now())
    await connections.renew(
      id,
      { record, tokens },
      { ...profile, ...changed },
      tokensFrom(answer, used),
      tried?.alongWith,
    )
  }

  /**
   * Network trouble and 5xx change nothing; only the server's refusal marks the connection, and not that of a method which
   * was no more than tried.
   */
  async function settle(id: string, error: unknown, retryPolicy: RetryPolicy, tried: boolean): Promise<void> {
    const status = { kind: 'needs_attention' as const, since: clock.now() }
    const refused = isRefusal(error) && !(tried && isClientRefused(error))
    const lost = !isRefusal(error) && (retryPolicy.unanswered || isUnusableAnswer(error))
    const mark = {
      ...(refused ? { status: { ...status, failure: error.failure } } : {}),
      ...(lost ? { outcomeUnknown: { since: clock.now(), operation: 'refresh' as const } } : {}),
    }
    // The marker may stay: it only makes the next start say that an answer may have been lost.
    await connections.update(id, { refreshing: null, ...mark }).catch(() => undefined)
  }

  async function run(id: string, { caller, method, unasked }: Asked, joined: Joined): Promise<void> {
    const record = connections.record(id)
    const { name, status, refreshable } = record
    // What is refused here sends nothing, and is no flow.
    if (status.kind === 'revoked') throw revokedProblem(name)
    if (!refreshable) throw notRefreshable()
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
          tell: () => ({ detail: `New access token${tried ? `; ${tried.words}` : ''}` }),
          onFailure: (error, retryPolicy) => settle(id, error, retryPolicy, tried !== null),
          tellFailure: (error) => (isNews(error, unasked) ? messageOf(error) : null),
        },
        async ({ recording, retryPolicy }) => {
          flowId = recording.id
          await exchange(id, recording, retryPolicy, tried).catch((error: unknown) => {
            const lostJustNow = retryPolicy.unanswered ? { since: clock.now(), operation: 'refresh' as const } : null
            const lost = record.outcomeUnknown ?? lostJustNow
            throw withUnknownOutcome(inWordsOf('refresh', error, retryPolicy.unanswered), lost)
          })
          return { value: undefined, succeeded: true }
        },
      )
    } catch (error) {
      throw tried ? tried.refused(error) : error
    } finally {
      if (flowId !== null) await tellJoined(id, joined, outcome, flowId)
    }
  }

  function begin(id: string, asked: Asked): Promise<void> {
    const running = underWay.get(id)
    if (running && asked.method === undefined) {
      if (!asked.unasked) running.joined.set(asked.caller, (running.joined.get(asked.caller) ?? 0) + 1)
      return running.answer
    }
    const joined: Joined = new Map()
    const answer = operations
      .onTokens(id, () => run(id, asked, joined))
      .finally(() => underWay.get(id)?.joined === joined && underWay.delete(id))
    underWay.set(id, { answer, joined })
    return answer
  }

  return {
    refresh: (id, caller, method) => begin(id, { caller, method }),
    refreshUnasked: (id, isNews) => begin(id, { caller: 'host', unasked: isNews }),
    async ensureFresh(id, within, caller) {
      const record = connections.record(id)
      const { expiresAt, refreshable, status, name } = record
      if (status.kind === 'revoked') throw revokedProblem(name)
      if (expiresAt === null) return
      // Where the clock was set back, its end says nothing: a new one is got rather than an old one trusted.
      if (expiresAt - clock.now() > within && !(refreshable && isFromLater(record, clock.now()))) return
      if (!refreshable) {
        if (expiresAt > clock.now()) return
        throw problem('not_supported', 'The access token has expired and there is no refresh token.', 'Reconnect.')
      }
      await begin(id, { caller })
    },
    async confirmRefresh(id, accessToken) {
      await connections.updateTokens(id, { lastUsedAt: clock.now() }, (tokens) => {
        const isIt = tokens.accessToken.reveal() === accessToken.reveal()
        return isIt && tokens.previousRefreshToken ? { ...tokens, previousRefreshToken: null } : null
      })
    },
    async recover() {
      for (const { id } of connections.views()) {
        const { refreshing, revoking } = connections.record(id)
        const cut = revoking ?? refreshing
        // The marker of what is at work now is its own.
        if (!cut || operations.isAtWork(id)) continue
        const status = {
          kind: 'needs_attention' as const,
          since: cut.since,
          failure: stoppedDuring(revoking !== null),
        }
        await connections.update(id, { refreshing: null, revoking: null, status })
      }
    },
  }
}

/** What is known after a start in whose last life a token request, or a revocation, was cut off. */
function stoppedDuring(revocation: boolean): Failure {
  const [happened, remedy] = revocation
    ? [
        'Grantdesk stopped while a revocation was under way, so the tokens may be revoked at the service.',
        'Revoke again to be sure that they are; or refresh to find out, and to go on with it.',
      ]
    : [
        'Grantdesk stopped while a refresh was under way, so the service may have issued tokens that never arrived.',
        'Refresh to find out; if the service refuses, reconnect.',
      ]
  return problem('cancelled', happened, remedy).failure
}

/** A failure of a refresh that nobody asked for leaves nothing behind unless it is a refusal, or news. */
function isNews(error: unknown, unasked: Asked['unasked']): boolean {
  return unasked === undefined || isRefusal(error) || isCancelled(error) || unasked(error)
}

function notRefreshable(): Problem {
  return problem(
    'not_supported',
    'The service gave no refresh token for this connection.',
    'Reconnect to get new tokens.',
  )
}
