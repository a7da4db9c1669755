// Tokens that a response brought besides the ones that were asked for, such as a user's beside a bot's: each belongs to a
// connection of its own. Those of one response share an id, because other accounts have tokens of the same places.
import { randomUUID } from 'node:crypto'
import type { Grant } from '../../contract/service.ts'
import type { Recording } from '../flows/recording.ts'
import type { TokenAnswer } from '../oauth/token-answer.ts'
import type { Clock } from '../ports.ts'
import type { ConnectionRecord } from '../records.ts'
import type { ConnectionStore } from './connection-store.ts'
import { profileFrom, shownScopes, tokensFrom } from './token-source.ts'

/** The connection beside `id` whose token came from this place of the same response; `null` if there is none. */
export function connectionBeside(
  { views, record }: Pick<ConnectionStore, 'views' | 'record'>,
  { id, responseId }: { id: string; responseId: string | null },
  place: string | null,
): string | null {
  if (responseId === null) return null
  const found = views().find((view) => {
    const other = record(view.id)
    const isBeside = view.id !== id && other.responseId === responseId && other.tokenPlace === place
    return isBeside && view.status.kind !== 'revoked'
  })
  return found?.id ?? null
}

/** What a response with these further tokens changes in the connection that asked for it. */
export function responseIdFor(record: Pick<ConnectionRecord, 'responseId'>, others: TokenAnswer[]) {
  return { responseId: record.responseId ?? (others.length > 0 ? randomUUID() : null) }
}

interface Needed {
  clock: Clock
  connections: Pick<ConnectionStore, 'views' | 'record' | 'tokens' | 'renew' | 'put' | 'freeName'>
}

/** Stores the further tokens of a refresh of `id`, each with the connection that has its predecessor, else with a new one. */
export async function keepFurther(
  { clock, connections }: Needed,
  { id, record, grant, recording }: { id: string; record: ConnectionRecord; grant: Grant; recording: Recording },
  tokens: TokenAnswer[],
): Promise<void> {
  for (const answer of tokens) {
    const now = clock.now()
    const known = connectionBeside(connections, { id, responseId: record.responseId }, answer.place)
    if (known !== null) {
      const was = { record: connections.record(known), tokens: await connections.tokens(known) }
      const profile = profileFrom(answer, now, grant, was.tokens.refreshToken !== null)
      await connections.renew(known, was, profile, tokensFrom(answer, was.tokens))
      continue
    }
    const scopes = { requested: [], granted: shownScopes(answer.scopes, recording), reported: null }
    const fresh: ConnectionRecord = {
      ...record,
      ...{ name: connections.freeName(`${record.name} (${answer.place})`), account: null, apiAnswer: null, tags: [] },
      ...{ scopes, scopeChanges: [], refreshTokenObtainedAt: null, refreshTokenExpiresAt: null, reminded: null },
      ...{ createdAt: now, lastUsedAt: null },
      ...profileFrom(answer, now, grant),
    }
    await connections.put(randomUUID(), fresh, tokensFrom(answer, null))
  }
}
