// The further tokens of a response that connecting brought, such as a user's beside a bot's: each gets a connection of its own,
// or renews the one that it has when reconnecting.
import { randomUUID } from 'node:crypto'
import type { Context } from '../connections/context.ts'
import { connectionBeside } from '../connections/further-tokens.ts'
import { isGood, tryToIdentify } from '../connections/identify.ts'
import type { Kept } from '../connections/kept-values.ts'
import { tokensFrom } from '../connections/token-source.ts'
import type { TokenAnswer } from '../oauth/token-answer.ts'
import type { ConnectionRecord } from '../records.ts'
import { belongsTo, changesFrom, nameFrom } from './compare-accounts.ts'
import type { AttemptContext } from './grants/attempt-context.ts'
import type { Obtained } from './grants/grant-handler.ts'
import { mergeTokens } from './merge-tokens.ts'
import { provisionalConnection } from './provisional-connection.ts'

type Needed = Pick<Context, 'clock' | 'connections' | 'history'>

export interface Further {
  id: string
  answer: TokenAnswer
  record: ConnectionRecord
}

/** Stores them, each under a provisional name that tells where the response held it. */
export async function storeFurther(
  { clock, connections }: Needed,
  attemptContext: AttemptContext,
  { answer: { others }, ...obtained }: Obtained & { kept: Kept; responseId: string | null },
): Promise<Further[]> {
  const { input } = attemptContext
  const stored: Further[] = []
  for (const answer of others) {
    const id = randomUUID()
    const named = { ...input, name: input.name && `${input.name} (${answer.place})` }
    const asked = { ...attemptContext, input: named }
    const whole = provisionalConnection(asked, { ...obtained, answer }, clock.now(), connections.freeName)
    // What was asked for was asked of the other token, as far as anybody knows.
    const scopes = { ...whole.scopes, requested: [] }
    const record = { ...whole, scopes, scopeChanges: whole.scopeChanges.map((change) => ({ ...change, ...scopes })) }
    await connections.put(id, record, tokensFrom(answer, null))
    stored.push({ id, answer, record })
  }
  return stored
}

/**
 * Asks the API whose they are; they replace those of the same account beside `renewed`, the connection that gets the token
 * that was asked for: `null` if that is a new one.
 */
export async function settleFurther(
  context: Needed,
  attemptContext: AttemptContext,
  further: Further[],
  renewed: string | null,
) {
  const { clock, connections, history } = context
  const { service, recording, signal, caller } = attemptContext
  /** Beside another of the same account, the place says which it is. */
  const freeNameFor = (wanted: string, place: string | null) =>
    connections.freeName(connections.freeName(wanted) === wanted ? wanted : `${wanted} (${place})`)
  for (const { id, answer, record } of further) {
    const { accessToken, place } = answer
    const identity = await tryToIdentify({ service, record, accessToken, recording, signal })
    const changes = changesFrom(connections.record(id), service, identity, clock.now())
    const beside = renewed && { id: renewed, responseId: connections.record(renewed).responseId }
    const known = beside && connectionBeside(connections, beside, place)
    const entry = { caller, operation: 'connect' as const, flowId: recording.id }
    if (known !== null && belongsTo(connections.record(known), attemptContext, identity)) {
      await connections.update(id, changes)
      const proven = isGood(identity.status)
      await attemptContext.onTokens(known, () => mergeTokens(context, { into: known, from: id, proven }))
      await history.note(known, { ...entry, detail: 'Reconnected with the others of the same answer' })
      continue
    }
    const wanted = nameFrom(attemptContext, identity)
    await connections.update(id, { ...changes, ...(wanted ? { name: freeNameFor(wanted, place) } : {}) })
    await history.note(id, { ...entry, detail: `Connected to ${service.name}, by another token of the same answer` })
  }
}
