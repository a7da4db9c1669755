// Revokes a connection's tokens, the refresh token first, and then asks the API whether the access token still works.
import { type Caller, isSettled, type Revocation } from '../../contract/connection.ts'
import { revocationNotOffered } from '../../contract/flow/words.ts'
import type { Service } from '../../contract/service.ts'
import type { CheckFacts, Recording } from '../flows/recording.ts'
import type { RetryPolicy } from '../flows/retry-policy.ts'
import { Problem } from '../problem.ts'
import type { ConnectionRecord, TokensRecord } from '../records.ts'
import { expandBase } from '../services/addresses.ts'
import { inWordsOf } from './cancelled.ts'
import type { Context } from './context.ts'
import { isAccepted, isGood } from './identify.ts'
import { revocationEnd } from './revocation-outcome.ts'
import {
  isUnanswered,
  type Requested,
  type RevocationSource,
  requestOtherwise,
  requestRevocations,
  type TokenHint,
} from './revocation-requests.ts'
import { runOperation } from './run-operation.ts'
import { grantOf } from './token-source.ts'

export interface Revoker {
  revoke(id: string, caller: Caller): Promise<Revocation>
}

export function createRevoker(context: Context): Revoker {
  const { clock, services, clients, connections, operations } = context

  async function sourceOf(
    record: ConnectionRecord & { clientId: string },
    service: Service,
    recording: Recording,
    retryPolicy: RetryPolicy,
  ): Promise<RevocationSource> {
    const clientSecret = await clients.secret(record.clientId)
    const client = clients.record(record.clientId)
    const grant = grantOf(service, record.grantId)
    // Revoking a token twice is fine (RFC 7009 §2.2), so these requests can be repeated.
    return { service, grant, client, clientSecret, recording, retryPolicy, repeatable: 'always' }
  }

  /** Whether the access token still works; `null` if the API cannot tell. */
  async function verify(
    record: ConnectionRecord,
    service: Service,
    { accessToken }: TokensRecord,
    recording: Recording,
    retryPolicy: RetryPolicy,
  ) {
    const purpose = { kind: 'token_check' as const, after: 'revocation' as const }
    const question = { service, record, accessToken, recording, retryPolicy, purpose }
    const { status, exchange } = await isAccepted(question).catch((error: unknown) => {
      // The service accepted the revocation, even if the API cannot be asked.
      if (isUnanswered(error)) return { status: null, exchange: null }
      throw error
    })
    // Some APIs answer 403 to a revoked token; that counts if the same request was successful before.
    const refused = status === 401 || (status === 403 && record.account !== null)
    // Here a refusal is the expected result.
    if (refused) exchange?.conclude('token_refused', 'succeeded')
    const works = isGood(status) ? true : refused ? false : null
    recording.check({ which: 'revoked', found: status, ...revokedWhere(works, status) })
    return works
  }

  async function attempt(id: string, recording: Recording, retryPolicy: RetryPolicy): Promise<Revocation> {
    const record = connections.record(id)
    const { clientId } = record
    const service = services.find(record.serviceId)
    const tokens = await connections.tokens(id)
    const page = pageOf(service, record)
    const base = { at: clock.now(), worksUntil: null, page }
    if (!service.endpoints.revocation || clientId === null) {
      const facts = { service: service.name, token: madeToken(service, record), page }
      recording.add({ kind: 'revocation_not_offered', ...facts })
      return { ...base, outcome: 'not_offered', words: revocationNotOffered(facts) }
    }
    // Stored before the request: if the host is killed now, the connection must not look fine at the next start.
    await connections.update(id, { revoking: { since: clock.now() } })
    const source = await sourceOf({ ...record, clientId }, service, recording, retryPolicy)
    const sent = await requestRevocations(source, tokens)
    const mayHaveRevoked = sent.accepted.length > 0 || retryPolicy.unanswered
    if (sent.lost && !mayHaveRevoked) throw inWordsOf('revoke', sent.lost, false)
    const leftOpen = () => connections.update(id, { outcomeUnknown: { since: clock.now(), operation: 'revoke' } })
    const ask = () =>
      verify(record, service, tokens, recording, retryPolicy).catch(async (error: unknown) => {
        if (mayHaveRevoked) await leftOpen()
        throw inWordsOf('revoke', error, mayHaveRevoked)
      })
    let works = await ask()
    if (works && sent.oneWay.length > 0) {
      await requestOtherwise(source, tokens, sent.oneWay)
      works = await ask()
    }
    if (works !== false && mayHaveRevoked) await leftOpen()
    const facts = { sent: withoutSecrets(sent, recording), main: mainOf(tokens), works }
    return { ...base, ...revocationEnd({ ...facts, expiresAt: record.expiresAt, now: clock.now() }) }
  }

  async function run(id: string, caller: Caller): Promise<Revocation> {
    return runOperation<Revocation>(
      context,
      {
        ...{ connectionId: id, caller, kind: 'revoke', busy: 'revoking' },
        async afterwards(revocation) {
          const ended = revocation.outcome === 'revoked'
          const status = ended ? { status: { kind: 'revoked' as const, revocation } } : {}
          await connections.update(id, { revoking: null, ...status })
        },
        tell: ({ outcome, words }) => ({ outcome: isSettled(outcome) ? 'done' : 'failed', detail: words }),
        async onFailure() {
          // If that fails, the next start just says that the tokens may have been revoked.
          await connections.update(id, { revoking: null }).catch(() => undefined)
        },
      },
      async ({ recording, retryPolicy }) => {
        const value = await attempt(id, recording, retryPolicy)
        return { value, succeeded: isSettled(value.outcome) }
      },
    ).catch((error: unknown) => offlineRevocation(error, clock.now()))
  }

  return { revoke: (id, caller) => operations.onTokens(id, () => run(id, caller)) }
}

/** Where the person can revoke it: where the static token was created, or where the service lists its grants. */
function pageOf(service: Service, { grantId, grantType, baseUrl }: ConnectionRecord): string | null {
  const made = grantType === 'static_token' ? service.grants.find(({ id }) => id === grantId)?.page : undefined
  const template = made ?? service.grantsPage
  return template ? expandBase(template, baseUrl) : null
}

/** The name of a static token, which only its creator can revoke; `null` for a token that a client requested. */
function madeToken({ grants }: Service, { grantId, grantType }: ConnectionRecord): string | null {
  if (grantType !== 'static_token') return null
  return grants.find(({ id }) => id === grantId)?.name.toLowerCase() ?? 'token'
}

/** The token that the grant depends on. */
function mainOf({ refreshToken }: TokensRecord): TokenHint {
  return refreshToken ? 'refresh_token' : 'access_token'
}

/** With the server's words redacted. */
function withoutSecrets({ accepted, refused, lost }: Requested, recording: Recording) {
  const safe = [...refused].map(([hint, { failure }]) => [hint, new Problem(recording.redact(failure))] as const)
  return { accepted, refused: new Map(safe), lost }
}

/** The check's result; `works` is `null` if unknown. */
function revokedWhere(works: boolean | null, status: number | null): Pick<CheckFacts, 'result' | 'reason'> {
  if (works === null) return { result: 'unconfirmed', reason: status === null ? 'not_answered' : 'undecided' }
  return works ? { result: 'failed', reason: 'still_works' } : { result: 'passed' }
}

/** The result if the request did not reach the service; rethrows every other error. */
function offlineRevocation(error: unknown, at: number): Revocation {
  if (!(error instanceof Problem)) throw error
  const { kind, message } = error.failure
  if (kind !== 'network' && kind !== 'timed_out') throw error
  return { at, outcome: 'offline', worksUntil: null, page: null, words: `${message} Nothing was revoked; try again.` }
}
