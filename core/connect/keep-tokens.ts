// Stores new tokens: right away, under a provisional name; then the API is asked for the account, which names the connection.
// Tokens of another account never replace an existing connection's without the person's consent.
import { randomUUID } from 'node:crypto'
import type { AccountDecision } from '../../contract/attempt.ts'
import type { Account } from '../../contract/connection.ts'
import type { Service } from '../../contract/service.ts'
import { isSameAccount } from '../connections/account.ts'
import type { Context } from '../connections/context.ts'
import { askedOf } from '../connections/grant-answers.ts'
import { answerOf, type Identity, isGood, tryToIdentify } from '../connections/identify.ts'
import { checkIdentity, checkScopes } from '../connections/identity-checks.ts'
import { requestRevocations } from '../connections/revocation-requests.ts'
import { scopesChanged } from '../connections/scope-record.ts'
import { profileFrom, replacedTokens, shownScopes, tokensFrom } from '../connections/token-source.ts'
import { quoted } from '../oauth/refusal.ts'
import { ifDamaged, Problem } from '../problem.ts'
import type { ConnectionRecord } from '../records.ts'
import type { AttemptContext } from './grants/attempt-context.ts'
import type { Obtained } from './grants/grant-handler.ts'

/** The new tokens belong to another account than the connection that was to be reconnected. */
export interface OtherAccount {
  /** The connection that was to be reconnected. */
  existing: string
  /** The connection with the new tokens. */
  newConnectionId: string
  heldBy: Account | null
  signedInAs: Account | null
}

export interface TokenKeeper {
  /** Returns the id of the connection that has the tokens now, or what to ask the person. */
  keep(attemptContext: AttemptContext, obtained: Obtained): Promise<string | OtherAccount>
  /** Carries out the person's decision; returns the id of the connection to show. */
  settle(attemptContext: AttemptContext, other: OtherAccount, choice: AccountDecision): Promise<string>
}

export function createTokenKeeper({ clock, connections, history }: Context): TokenKeeper {
  function provisional(
    attemptContext: AttemptContext,
    clientRecordId: string | null,
    obtained: Obtained,
  ): ConnectionRecord {
    const { input, service, grant, baseUrl, token, recording } = attemptContext
    const { answer } = obtained
    const now = clock.now()
    const scopes = {
      requested: askedOf(grant, input).scopes,
      granted: shownScopes(answer.scopes, recording),
      reported: null,
    }
    return {
      name: connections.freeName(input.name || `${service.name} at ${new URL(baseUrl).host}`),
      tags: [],
      serviceId: service.id,
      baseUrl,
      clientId: clientRecordId,
      grantId: grant.id,
      grantType: grant.type,
      account: null,
      workspace: null,
      workspaces: [],
      answers: input.answers,
      installation: obtained.installation ?? null,
      resources: input.resources,
      bearer: token?.bearer ?? null,
      testPath: input.testPath || null,
      apiAnswer: null,
      ...scopesChanged({ scopeChanges: [] }, 'connect', scopes, now),
      parameters: input.parameters,
      tokenParameters: input.tokenParameters,
      refreshTokenObtainedAt: null,
      refreshTokenExpiresAt: null,
      autoRefresh: true,
      reminded: null,
      createdAt: now,
      lastUsedAt: null,
      ...profileFrom(answer, now, grant),
    }
  }

  function nameFrom({ input, service }: AttemptContext, { account, workspace }: Identity): string | null {
    if (input.name || !account) return null
    return workspace ? `${account.name} · ${workspace.name}` : `${account.name} · ${service.name}`
  }

  async function describe(id: string, attemptContext: AttemptContext, identity: Identity): Promise<void> {
    const wanted = nameFrom(attemptContext, identity)
    await connections.update(id, {
      ...found(connections.record(id), attemptContext.service, identity),
      ...(wanted ? { name: connections.freeName(wanted) } : {}),
    })
  }

  /** What the API said about the tokens, as changes to a record. */
  function found(record: ConnectionRecord, service: Service, identity: Identity): Partial<ConnectionRecord> {
    const { account, workspace, workspaces, reported, expiresIn, status, refusal } = identity
    const now = clock.now()
    return {
      ...(status === 401 && refusal ? { status: { kind: 'needs_attention', since: now, failure: refusal } } : {}),
      account,
      apiAnswer: answerOf(service, identity, now),
      workspace,
      workspaces,
      ...scopesChanged(record, 'connect', { ...record.scopes, reported }, now),
      ...(record.expiresAt === null && expiresIn !== null ? { expiresAt: now + expiresIn * 1000 } : {}),
      ...(status === null ? {} : { lastUsedAt: now }),
    }
  }

  /**
   * Moves the new tokens into the reconnected connection, in one write. Unless the API confirmed the account (`proven`), or
   * the person did, the previous refresh token is kept, as after a refresh.
   */
  async function merge(into: string, from: string, proven: boolean): Promise<void> {
    const old = await connections.tokens(into).catch(ifDamaged)
    const replaced = old ? replacedTokens(old) : []
    const previousRefreshToken = proven ? null : (old?.refreshToken ?? null)
    const tokens = { ...(await connections.tokens(from)), previousRefreshToken, replaced }
    await connections.absorb(into, from, (before, fresh) => reconnected(before, fresh, clock.now()), tokens)
  }

  /** Rejects a static token that the API refuses: the person still has it and can check it. */
  async function checkHandedOver(attemptContext: AttemptContext, record: ConnectionRecord, obtained: Obtained) {
    const { service, recording, signal, grant } = attemptContext
    const { accessToken } = obtained.answer
    const identity = await tryToIdentify({ service, record, accessToken, recording, signal })
    const { status, refusal } = identity
    if (refusal?.kind === 'refused' && (status === 401 || status === 403)) {
      const { error, errorDescription } = refusal
      const said = quoted({ error, errorDescription })
      const words = said === null ? ', and gave no reason' : `. It says: ${said.replace(/\.$/, '')}`
      throw new Problem({
        ...refusal,
        message: `${service.name} does not accept this ${inSentence(grant.name)} (status ${status})${words}. Nothing was stored.`,
        remedy: 'Check that it was copied whole, that it is for this address, and that it has not ended.',
      })
    }
    return identity
  }

  return {
    async keep(attemptContext, obtained) {
      const { input, service, grant, recording, signal, caller } = attemptContext
      const { answer } = obtained
      recording.hide(answer.accessToken, 'access_token')
      if (answer.refreshToken) recording.hide(answer.refreshToken, 'refresh_token')
      const byHand = grant.type === 'static_token'
      if (!byHand) checkScopes(recording, askedOf(grant, input).scopes, answer.scopes)
      const id = randomUUID()
      const record = provisional(attemptContext, byHand ? null : attemptContext.common.clientId, obtained)
      const early = byHand ? await checkHandedOver(attemptContext, record, obtained) : null
      await connections.put(id, record, tokensFrom(answer, null), byHand ? undefined : attemptContext.alongWith)
      recording.attach(id)
      const identity =
        early ?? (await tryToIdentify({ service, record, accessToken: answer.accessToken, recording, signal }))
      const existing = input.reconnect
      checkAgainst(existing ? connections.record(existing) : null, attemptContext, record, identity)
      if (existing && belongsTo(connections.record(existing), attemptContext, identity)) {
        await connections.update(id, found(connections.record(id), service, identity))
        await attemptContext.onTokens(existing, () => merge(existing, id, isGood(identity.status)))
        recording.attach(existing)
        await history.note(existing, { caller, operation: 'connect', detail: 'Reconnected', flowId: recording.id })
        return existing
      }
      await describe(id, attemptContext, identity)
      if (existing) {
        const heldBy = connections.record(existing).account
        return { existing, newConnectionId: id, heldBy, signedInAs: identity.account }
      }
      const unchecked = wasNotAnswered(identity, service, record)
        ? '; it did not answer, so whose it is was not checked'
        : ''
      const detail = `Connected to ${service.name}${unchecked}`
      await history.note(id, { caller, operation: 'connect', detail, flowId: recording.id })
      return id
    },

    async settle(attemptContext, { existing, newConnectionId, heldBy, signedInAs }, choice) {
      const { caller, recording, service } = attemptContext
      const flowId = recording.id
      const held = connections.record(existing).name
      const signedIn = signedInAs?.name ?? 'an account that did not name itself'
      const names = { heldBy: heldBy?.name ?? null, signedInAs: signedInAs?.name ?? null }
      recording.add({ kind: 'decision', question: 'other_account', choice, connection: held, ...names })
      if (choice === 'replace') {
        await attemptContext.onTokens(existing, () => merge(existing, newConnectionId, true))
        recording.attach(existing)
        const detail = `Reconnected as ${signedIn}, where ${heldBy?.name ?? 'nobody known'} was before`
        await history.note(existing, { caller, operation: 'connect', detail, flowId })
        return existing
      }
      if (choice === 'discard') {
        await forget(attemptContext, newConnectionId)
        recording.attach(existing)
        return existing
      }
      const detail = `Connected to ${service.name}`
      await history.note(newConnectionId, { caller, operation: 'connect', detail, flowId })
      return newConnectionId
    },
  }

  /** Revokes at the service if possible, so that discarded tokens do not keep working. */
  async function forget(attemptContext: AttemptContext, id: string): Promise<void> {
    const { service, client, grant } = attemptContext
    const tokens = await connections.tokens(id)
    if (client && service.endpoints.revocation) {
      const source = { ...attemptContext, client: client.record, clientSecret: client.secret, grant }
      // The flow shows the service's response; the tokens are deleted anyway.
      await requestRevocations(source, tokens).catch(() => undefined)
    }
    await connections.discard(id)
  }
}

/** Updates a connection with what came with the new tokens; keeps what the person set. */
function reconnected(before: ConnectionRecord, from: ConnectionRecord, now: number): ConnectionRecord {
  const { name: _, tags: __, createdAt: ___, scopeChanges: ____, ...fresh } = from
  const workspace = fresh.workspaces.find(({ id }) => id !== null && id === before.workspace?.id) ?? fresh.workspace
  return {
    ...before,
    ...fresh,
    account: fresh.account ?? before.account,
    workspace: workspace ?? before.workspace,
    workspaces: fresh.workspaces.length > 0 ? fresh.workspaces : before.workspaces,
    testPath: fresh.testPath ?? before.testPath,
    autoRefresh: before.autoRefresh,
    ...scopesChanged(before, 'connect', fresh.scopes, now),
  }
}

/** Whether the new tokens are for the same account at the same base URL; an unknown account does not count as the same. */
function belongsTo(
  record: ConnectionRecord,
  { service, baseUrl }: AttemptContext,
  { account, status }: Identity,
): boolean {
  if (record.serviceId !== service.id || record.baseUrl !== baseUrl) return false
  // No account known before: accept them unless the API refuses the new tokens.
  if (record.account === null) return status !== 401
  return account !== null && isSameAccount(record.account, account)
}

/** A grant's name in mid-sentence: lowers the first letter of “Personal access token”, but not of “API key” or “GitHub token”. */
function inSentence(name: string): string {
  return name.replace(/^\p{Lu}(?=\p{Ll}+\b)/u, (letter) => letter.toLowerCase())
}

/** Checks what the API said against the granted scopes and the reconnected connection. */
function checkAgainst(
  before: ConnectionRecord | null,
  { service, recording }: AttemptContext,
  record: ConnectionRecord,
  identity: Identity,
): void {
  if (!canBeAsked(service, record)) return
  const { account = null, workspace = null } = before ?? {}
  const scopes = record.scopes.granted ?? record.scopes.requested
  checkIdentity(recording, identity, { account, workspace, scopes })
}

/** Whether there is an API request to check the token with. */
function canBeAsked({ identity }: Service, { testPath }: ConnectionRecord): boolean {
  return identity.length > 0 || Boolean(testPath)
}

/** Whether the API was asked about the token and did not answer. */
function wasNotAnswered({ status }: Identity, service: Service, record: ConnectionRecord): boolean {
  return status === null && canBeAsked(service, record)
}
