// Tokens that a response brought besides the ones that were asked for, such as a user's beside a bot's: each belongs to a
// connection of its own, which is found by the place in the response.
import { randomUUID } from 'node:crypto'
import type { Grant } from '../../contract/service.ts'
import type { Recording } from '../flows/recording.ts'
import type { TokenAnswer } from '../oauth/token-answer.ts'
import type { Clock } from '../ports.ts'
import type { ConnectionRecord } from '../records.ts'
import type { ConnectionStore } from './connection-store.ts'
import { profileFrom, shownScopes, tokensFrom } from './token-source.ts'

type Origin = Pick<ConnectionRecord, 'clientId' | 'grantId' | 'baseUrl'>

/** The only connection with the token of this place, beside `id`; `null` if there is none, or several. */
export function connectionAt(
  { views, record }: Pick<ConnectionStore, 'views' | 'record'>,
  { clientId, grantId, baseUrl }: Origin,
  place: string | null,
  id: string,
): string | null {
  const found = views().filter((view) => {
    const sameOrigin = view.clientId === clientId && view.grantId === grantId && view.baseUrl === baseUrl
    return sameOrigin && view.id !== id && view.status.kind !== 'revoked' && record(view.id).tokenPlace === place
  })
  return found.length === 1 ? (found[0]?.id ?? null) : null
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
    const known = connectionAt(connections, record, answer.place, id)
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
