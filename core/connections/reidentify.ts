// Asks an existing connection's API again for the account, its workspaces and its scopes.
import type { Account, Caller } from '../../contract/connection.ts'
import type { Failure } from '../../contract/failure.ts'
import type { Service } from '../../contract/service.ts'
import { givenByServer } from '../api/api-headers.ts'
import type { Recording } from '../flows/recording.ts'
import type { RetryPolicy } from '../flows/retry-policy.ts'
import { claimsIn } from '../oauth/id-token.ts'
import { Problem, problem } from '../problem.ts'
import type { ConnectionRecord } from '../records.ts'
import { apiAddress } from '../services/addresses.ts'
import { isSameAccount } from './account.ts'
import { cancellationMessage } from './cancelled.ts'
import type { Context } from './context.ts'
import { namedByIdToken } from './id-token-account.ts'
import { answerOf, type Identity, identify, isGood } from './identify.ts'
import { checkIdentity } from './identity-checks.ts'
import { type Introspect, introspectBy } from './introspect.ts'
import type { Refresher } from './refresh.ts'
import { runOperation } from './run-operation.ts'
import { scopesChanged } from './scope-record.ts'
import { grantOf } from './token-source.ts'

export interface Reidentifier {
  identify(id: string, caller: Caller): Promise<void>
  /** Sets the path to test the token with; an empty one removes it. Throws `invalid_input`. */
  setTestPath(id: string, path: string, caller: Caller): Promise<void>
}

/** An access token that expires within this time (ms) is refreshed first. */
const freshFor = 5_000

export function createReidentifier(context: Context, refresher: Refresher): Reidentifier {
  const { clock, services, clients, connections, history } = context

  async function introspectFor(
    { clientId, grantId, kept }: ConnectionRecord,
    service: Service,
    recording: Recording,
    retryPolicy: RetryPolicy,
  ): Promise<Introspect | null> {
    if (clientId === null || !service.endpoints.introspection) return null
    const source = { client: clients.record(clientId), clientSecret: await clients.secret(clientId) }
    return introspectBy({ ...source, service, grant: grantOf(service, grantId), kept, recording, retryPolicy })
  }

  /** A connection's account does not change on its own: if the API names another one, it is reported, but not stored. */
  function changesOf(record: ConnectionRecord, service: Service, identity: Identity): Partial<ConnectionRecord> {
    const scopes = { ...record.scopes, reported: identity.reported ?? record.scopes.reported }
    const { expiresIn } = identity
    const expiry = expiresIn !== null && record.expiresAt === null ? { expiresAt: clock.now() + expiresIn * 1000 } : {}
    return {
      ...expiry,
      ...(identity.introspection ? { introspection: identity.introspection } : {}),
      apiAnswer: answerOf(service, identity, clock.now()) ?? record.apiAnswer,
      ...scopesChanged(record, 'identify', scopes, clock.now()),
      workspaces: identity.workspaces.length > 0 ? identity.workspaces : record.workspaces,
      workspace: identity.workspaces.length > 0 ? identity.workspace : record.workspace,
      ...(isAnother(record, identity.account)
        ? { status: anotherAccount(record, identity.account, clock.now()) }
        : { account: named(identity.account, record.account), ...statusAfter(record, identity, clock.now()) }),
    }
  }

  return {
    async identify(id, caller) {
      await refresher.ensureFresh(id, freshFor, caller)
      const record = connections.record(id)
      const service = services.find(record.serviceId)
      const { accessToken, idToken } = await connections.tokens(id)
      const claims = idToken ? claimsIn(idToken.reveal()) : null
      if (service.identity.length === 0 && !record.testPath && !service.endpoints.introspection && !claims) {
        throw problem(
          'not_supported',
          `${service.name} has no known way to ask whose token this is.`,
          'Set a test path, to see at least whether the token works.',
        )
      }
      await runOperation<Identity>(
        context,
        {
          ...{ connectionId: id, caller, kind: 'identify', about: { service: service.name }, busy: 'identifying' },
          afterwards: () => refresher.confirmRefresh(id, accessToken),
          historyEntry: ({ account, status }) => ({
            detail: account
              ? `The account is ${account.name}`
              : status === null
                ? 'The API was not asked'
                : `The API answered ${status}`,
          }),
        },
        async ({ recording, retryPolicy }) => {
          // It may be newer than the tokens hidden at the start.
          recording.hide(accessToken, 'access_token')
          const introspect = await introspectFor(record, service, recording, retryPolicy)
          const subject = claims?.sub ?? null
          const question = { service, record, accessToken, recording, retryPolicy, introspect, subject }
          const answered = await identify(question).catch((error: unknown) => {
            throw cancellationMessage('identify', error, false)
          })
          const identity = namedByIdToken(answered, claims, recording)
          const { account: known, workspace, scopes } = record
          checkIdentity(recording, identity, { account: known, workspace, scopes: scopes.granted ?? scopes.requested })
          // A busy or broken API says nothing about the connection.
          if (identity.refusal?.kind === 'unexpected_answer') throw new Problem(identity.refusal)
          await connections.update(id, changesOf(connections.record(id), service, identity))
          if (identity.refusal) throw new Problem(identity.refusal)
          return { value: identity, succeeded: true }
        },
      )
    },
    async setTestPath(id, path, caller) {
      const { baseUrl, apiAnswer, serviceId, ...record } = connections.record(id)
      if (path !== '') apiAddress(path, baseUrl, services.find(serviceId), givenByServer(record))
      await connections.update(id, {
        testPath: path === '' ? null : path,
        // The answer for the earlier path says nothing about this one.
        apiAnswer: apiAnswer?.of === 'test_path' ? null : apiAnswer,
      })
      await history.note(id, { caller, operation: 'test_path', detail: path === '' ? 'No test path' : 'Test path set' })
    },
  }
}

/**
 * A token that the API refuses needs attention; one that it accepts again no longer does. After an accepted revocation only a
 * check of that changes the status.
 */
function statusAfter(
  { status: before }: ConnectionRecord,
  { status: answered, refusal }: Identity,
  now: number,
): Partial<ConnectionRecord> {
  if (before.kind === 'revocation_accepted') return {}
  if (answered === 401 && refusal) return { status: needsAttention(refusal, now) }
  const { failure } = before.kind === 'needs_attention' ? before : { failure: null }
  const byApi = failure?.kind === 'refused' && failure.by === 'api'
  return isGood(answered) && byApi ? { status: { kind: 'good' } } : {}
}

/** Keeps the known name if the answer only has the id. */
function named(now: Account | null, before: Account | null): Account | null {
  if (now === null || before === null) return now ?? before
  return now.name === now.id ? { ...now, name: before.name } : now
}

function isAnother({ account }: ConnectionRecord, now: Account | null): now is Account {
  return account !== null && now !== null && !isSameAccount(account, now)
}

function anotherAccount({ account }: ConnectionRecord, now: Account, since: number): ConnectionRecord['status'] {
  const failure = problem(
    'conflict',
    `The API says that this token is ${now.name}’s; the connection is ${account?.name ?? 'another account'}’s.`,
    'Reconnect it to choose whose it is.',
  ).failure
  return needsAttention(failure, since)
}

function needsAttention(failure: Failure, since: number): ConnectionRecord['status'] {
  return { kind: 'needs_attention', since, failure }
}
