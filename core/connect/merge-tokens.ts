// Moves new tokens from the connection that they were stored in into the one that is reconnected, in one write.
import type { ConnectionStore } from '../connections/connection-store.ts'
import { scopesChanged } from '../connections/scope-record.ts'
import { replacedTokens } from '../connections/token-source.ts'
import type { Clock } from '../ports.ts'
import { ifDamaged } from '../problem.ts'
import type { ConnectionRecord } from '../records.ts'

interface Needed {
  clock: Clock
  connections: Pick<ConnectionStore, 'tokens' | 'absorb'>
}

/** Unless the account is `proven` to be the same, the previous refresh token is kept, as after a refresh. */
export async function mergeTokens(
  { clock, connections }: Needed,
  { into, from, proven }: { into: string; from: string; proven: boolean },
): Promise<void> {
  const old = await connections.tokens(into).catch(ifDamaged)
  const replaced = old ? replacedTokens(old) : []
  const previousRefreshToken = proven ? null : (old?.refreshToken ?? null)
  const tokens = { ...(await connections.tokens(from)), previousRefreshToken, replaced }
  await connections.absorb(into, from, (before, fresh) => reconnected(before, fresh, clock.now()), tokens)
}

/** `before`, updated with what came with the new tokens; keeps what the person set. */
export function reconnected(before: ConnectionRecord, from: ConnectionRecord, now: number): ConnectionRecord {
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
