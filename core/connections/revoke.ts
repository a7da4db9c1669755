// Revokes a connection's tokens, the refresh token first, and then asks the API whether the access token still works. Until that
// is known, the connection says that its revocation was accepted; it can be checked again.
import type { Caller } from '../../contract/connection.ts'
import { revocationNotOffered } from '../../contract/flow/words.ts'
import { isSettled, type Revocation } from '../../contract/revocation.ts'
import type { Grant, Service } from '../../contract/service.ts'
import type { Recording } from '../flows/recording.ts'
import type { RetryPolicy } from '../flows/retry-policy.ts'
import { Problem, problem } from '../problem.ts'
import type { ConnectionRecord } from '../records.ts'
import { expandBase } from '../services/endpoint-values.ts'
import { cancellationMessage } from './cancelled.ts'
import type { Context } from './context.ts'
import { introspectBy, introspectTokens } from './introspect.ts'
import { checkRevocation, type RevocationFindings } from './revocation-check.ts'
import { mainOf, revocationEnd, statusAfter } from './revocation-outcome.ts'
import { type Requested, type RevocationSource, requestOtherwise, requestRevocations } from './revocation-requests.ts'
import { type OperationRun, runOperation } from './run-operation.ts'
import { grantOf } from './token-source.ts'

export interface Revoker {
  revoke(id: string, caller: Caller): Promise<Revocation>
  /** Asks again whether the tokens of an accepted revocation still work. Throws `conflict` without one. */
  checkAgain(id: string, caller: Caller): Promise<Revocation>
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
    const { kept } = record
    return { service, grant, client, clientSecret, kept, recording, retryPolicy, repeatable: 'always' }
  }

  async function attempt(id: string, { recording, retryPolicy }: OperationRun): Promise<Revocation> {
    const record = connections.record(id)
    const { clientId, expiresAt } = record
    const service = services.find(record.serviceId)
    const tokens = await connections.tokens(id)
    const page = pageOf(service, record)
    const base = { at: clock.now(), page }
    if (!service.endpoints.revocation || clientId === null) {
      const facts = { service: service.name, token: madeToken(service, record), page }
      recording.add({ kind: 'revocation_not_offered', ...facts })
      return { ...base, outcome: 'not_offered', worksUntil: null, words: revocationNotOffered(facts) }
    }
    // Stored before the request: if the host is killed now, the connection must not look fine at the next start.
    await connections.update(id, { revoking: { since: clock.now() } })
    const source = await sourceOf({ ...record, clientId }, service, recording, retryPolicy)
    const introspect = introspectBy(source)
    const before = introspect && (await introspectTokens(introspect, tokens, recording))
    if (before) await connections.update(id, { introspection: before })
    const sent = await requestRevocations(source, tokens)
    const mayHaveRevoked = sent.accepted.length > 0 || retryPolicy.unanswered
    if (sent.lost && !mayHaveRevoked) throw cancellationMessage('revoke', sent.lost, false)
    const endedIf = (findings: RevocationFindings): Revocation => {
      const facts = { sent: withoutSecrets(sent, recording), main: mainOf(tokens), expiresAt, now: clock.now() }
      return { ...base, ...revocationEnd({ ...facts, ...findings }) }
    }
    const leaveOpen = () => connections.update(id, { outcomeUnknown: { since: clock.now(), operation: 'revoke' } })
    const ask = () =>
      checkRevocation({ record, service, tokens, recording, retryPolicy, introspect, before }).catch(
        async (error: unknown) => {
          if (mayHaveRevoked) await leaveOpen()
          await connections.update(id, statusAfter(endedIf({ works: null, by: 'api', refreshWorks: null })))
          throw cancellationMessage('revoke', error, mayHaveRevoked)
        },
      )
    let findings = await ask()
    // A form is what RFC 7009 asks for: a server that accepted one has read it.
    if (findings.works && sent.oneWay.length > 0 && service.revocation.encoding === 'json') {
      await requestOtherwise(source, tokens, sent.oneWay)
      findings = await ask()
    }
    if (findings.works !== false && mayHaveRevoked) await leaveOpen()
    return endedIf(findings)
  }

  async function revoke(id: string, caller: Caller): Promise<Revocation> {
    return runOperation<Revocation>(
      context,
      {
        ...{ connectionId: id, caller, kind: 'revoke', busy: 'revoking' },
        afterwards: (revocation) => connections.update(id, { revoking: null, ...statusAfter(revocation) }),
        historyEntry: historyOf,
        async onFailure() {
          // If that fails, the next start just says that the tokens may have been revoked.
          await connections.update(id, { revoking: null }).catch(() => undefined)
        },
      },
      async (run) => {
        const value = await attempt(id, run)
        return { value, succeeded: isSettled(value.outcome) }
      },
    ).catch((error: unknown) => offlineRevocation(error, clock.now()))
  }

  async function checkAgain(id: string, caller: Caller): Promise<Revocation> {
    const record = connections.record(id)
    const { status, name, serviceId, expiresAt } = record
    if (status.kind !== 'revocation_accepted') {
      const remedy = status.kind === 'revoked' ? 'It is revoked, and verified.' : 'Revoke it first.'
      throw problem('conflict', `“${name}” has no accepted revocation to check.`, remedy)
    }
    const service = services.find(serviceId)
    const tokens = await connections.tokens(id)
    const about = { checksRevocation: true }
    return runOperation<Revocation>(
      context,
      {
        ...{ connectionId: id, caller, kind: 'revoke', about, busy: 'identifying' },
        afterwards: (revocation) => connections.update(id, statusAfter(revocation)),
        historyEntry: historyOf,
      },
      async ({ recording, retryPolicy }) => {
        const { clientId, introspection: before = null } = record
        const source = clientId && (await sourceOf({ ...record, clientId }, service, recording, retryPolicy))
        const introspect = source ? introspectBy(source) : null
        const check = { record, service, tokens, recording, retryPolicy, introspect, before }
        const findings = await checkRevocation(check)
        const main = mainOf(tokens)
        const sent = { accepted: [main], refused: new Map(), lost: null }
        const now = clock.now()
        const end = revocationEnd({ sent, main, ...findings, expiresAt, now })
        const value = { ...status.revocation, ...end, checkedAt: now }
        return { value, succeeded: isSettled(value.outcome) }
      },
    )
  }

  return {
    revoke: (id, caller) => operations.onTokens(id, () => revoke(id, caller)),
    checkAgain: (id, caller) => operations.onTokens(id, () => checkAgain(id, caller)),
  }
}

function historyOf({ outcome, words }: Revocation) {
  return { outcome: isSettled(outcome) ? ('done' as const) : ('failed' as const), detail: words }
}

/** Where the person can revoke it: where the static token was created, or where the service lists its grants. */
function pageOf(service: Service, { grantId, grantType, baseUrl }: ConnectionRecord): string | null {
  const made = grantType === 'static_token' ? service.grants.find(({ id }) => id === grantId)?.page : undefined
  const template = made ?? service.grantsPage
  return template ? expandBase(template, baseUrl) : null
}

/** The name of a static token, which only its creator can revoke; `null` for a token that a client requested. */
function madeToken({ grants }: { grants: Grant[] }, { grantId, grantType }: ConnectionRecord): string | null {
  if (grantType !== 'static_token') return null
  return grants.find(({ id }) => id === grantId)?.name.toLowerCase() ?? 'token'
}

/** With the server's words redacted. */
function withoutSecrets({ accepted, refused, lost }: Requested, recording: Recording) {
  const safe = [...refused].map(([hint, problem]) => [hint, new Problem(recording.redact(problem))] as const)
  return { accepted, refused: new Map(safe), lost }
}

/** The result if the request did not reach the service; rethrows every other error. */
function offlineRevocation(error: unknown, at: number): Revocation {
  if (!(error instanceof Problem)) throw error
  const { kind, message } = error.failure
  if (kind !== 'network' && kind !== 'timed_out') throw error
  return { at, outcome: 'offline', worksUntil: null, page: null, words: `${message} Nothing was revoked; try again.` }
}
