// Stores new tokens: right away, under a provisional name; then the API is asked for the account, which names the connection.
// Tokens of another account never replace an existing connection's without the person's consent.
import { randomUUID } from 'node:crypto'
import type { AccountDecision } from '../../contract/attempt.ts'
import type { Context } from '../connections/context.ts'
import { responseIdFor } from '../connections/further-tokens.ts'
import { tokenRequestParameters } from '../connections/grant-answers.ts'
import { namedByIdToken, OtherSubject } from '../connections/id-token-account.ts'
import { type Identity, isGood, tryToIdentify } from '../connections/identify.ts'
import { checkScopes } from '../connections/identity-checks.ts'
import { introspectBy } from '../connections/introspect.ts'
import { keptFrom, nothingKept } from '../connections/kept-values.ts'
import { hideTokens, tokensFrom } from '../connections/token-source.ts'
import type { ConnectionRecord } from '../records.ts'
import { belongsTo, changesFrom, checkAgainst, nameFrom, wasNotAnswered } from './compare-accounts.ts'
import { settleFurther, storeFurther } from './further-connections.ts'
import type { AttemptContext } from './grants/attempt-context.ts'
import type { Obtained } from './grants/grant-handler.ts'
import { checkHandedOver } from './handed-over-token.ts'
import { mergeTokens } from './merge-tokens.ts'
import { discardTokens, type OtherAccount, settleOtherAccount } from './other-account.ts'
import { provisionalConnection } from './provisional-connection.ts'

export interface TokenKeeper {
  /** Returns the id of the connection that has the tokens now, or what to ask the person. */
  keep(attemptContext: AttemptContext, obtained: Obtained): Promise<string | OtherAccount>
  /** Carries out the person's decision; returns the id of the connection to show. */
  settle(attemptContext: AttemptContext, other: OtherAccount, choice: AccountDecision): Promise<string>
}

type Needed = Pick<Context, 'clock' | 'connections' | 'history'>

export function createTokenKeeper(context: Needed): TokenKeeper {
  const { clock, connections, history } = context

  /** Stores the tokens in the connection `id`, and asks the API whose they are; a static token is checked first. */
  async function store(id: string, record: ConnectionRecord, attemptContext: AttemptContext, obtained: Obtained) {
    const { grant, service, recording, signal, alongWith } = attemptContext
    const { answer } = obtained
    const byHand = grant.type === 'static_token'
    const early = byHand ? await checkHandedOver(attemptContext, record, obtained) : null
    await connections.put(id, record, tokensFrom(answer, null), byHand ? undefined : alongWith)
    recording.attach(id)
    if (early) return early
    const { client } = attemptContext
    const { kept } = record
    const source = client && {
      ...{ service, grant, client: client.record, clientSecret: client.secret, kept, recording, signal },
    }
    const introspect = source && introspectBy(source)
    const { accessToken, idToken } = answer
    const subject = idToken?.claims.sub ?? null
    return tryToIdentify({ service, record, accessToken, recording, signal, introspect, subject }).catch(
      async (error: unknown) => {
        if (error instanceof OtherSubject) await discardTokens(context, attemptContext, id)
        throw error
      },
    )
  }

  async function reconnect(existing: string, id: string, attemptContext: AttemptContext, identity: Identity) {
    const { service, recording, caller } = attemptContext
    await connections.update(id, changesFrom(connections.record(id), service, identity, clock.now()))
    const proven = isGood(identity.status)
    await attemptContext.onTokens(existing, () => mergeTokens(context, { into: existing, from: id, proven }))
    recording.attach(existing)
    await history.note(existing, { caller, operation: 'connect', detail: 'Reconnected', flowId: recording.id })
    return existing
  }

  async function describe(id: string, attemptContext: AttemptContext, identity: Identity): Promise<void> {
    const wanted = nameFrom(attemptContext, identity)
    await connections.update(id, {
      ...changesFrom(connections.record(id), attemptContext.service, identity, clock.now()),
      ...(wanted ? { name: connections.freeName(wanted) } : {}),
    })
  }

  return {
    async keep(attemptContext, obtained) {
      const { input, service, grant, recording, caller } = attemptContext
      const { answer } = obtained
      hideTokens(recording, [answer, ...answer.others])
      if (grant.type !== 'static_token')
        checkScopes(recording, tokenRequestParameters(grant, input).scopes, answer.scopes)
      const id = randomUUID()
      const kept = keptFrom(service, { ...answer, redirected: obtained.redirected }, nothingKept, recording)
      const { responseId } = responseIdFor({ responseId: null }, answer.others)
      const whole = { ...obtained, kept, responseId }
      const record = provisionalConnection(attemptContext, whole, clock.now(), connections.freeName)
      // Stored first, because the write that stores the asked one forgets the attempt.
      const further = await storeFurther(context, attemptContext, whole)
      const answered = await store(id, record, attemptContext, obtained)
      const identity = namedByIdToken(answered, answer.idToken?.claims, recording)
      const existing = input.reconnect
      const isSame = existing !== undefined && belongsTo(connections.record(existing), attemptContext, identity)
      // Before the further ones, so that the token that was asked for has the plain name.
      if (!isSame) await describe(id, attemptContext, identity)
      await settleFurther(context, attemptContext, further, isSame ? existing : null)
      checkAgainst(existing ? connections.record(existing) : null, attemptContext, record, identity)
      if (existing && isSame) {
        return reconnect(existing, id, attemptContext, identity)
      }
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
    settle: (attemptContext, other, choice) => settleOtherAccount(context, attemptContext, other, choice),
  }
}
