// Where to store tokens that arrived but could not be written before the vault was locked. Another host may have used the
// vault since: neither its tokens nor these may be lost.
import { problem } from '../problem.ts'
import type { ConnectionRecord, TokensRecord } from '../records.ts'
import type { AlongWith } from './client-draft.ts'

export interface UnsavedTokens {
  /** The connection's record with these tokens. */
  record: ConnectionRecord
  tokens: TokensRecord
  /** The tokens that they replace; `null` if the vault has none yet. */
  over: TokensRecord | null
  alongWith?: AlongWith | undefined
}

export const unwritten = 'New tokens came, but the vault could not be written. They are held in memory for now.'

/** A connection's status while its newest tokens are only in memory. */
export function unsavedNotice(since: number): ConnectionRecord['status'] {
  const failure = problem('vault_broken', unwritten, 'Make room on the disk, and do not quit before.').failure
  return { kind: 'needs_attention', since, failure }
}

/** Whether a connection has that status. */
export function isUnsavedNotice({ status }: ConnectionRecord): boolean {
  return status.kind === 'needs_attention' && status.failure.kind === 'vault_broken'
}

/** Whether they are the same tokens for the service. */
export function areSameTokens(one: TokensRecord, other: TokensRecord): boolean {
  return (
    one.accessToken.reveal() === other.accessToken.reveal() &&
    one.refreshToken?.reveal() === other.refreshToken?.reveal()
  )
}

/** What the vault now has under the same id; `tokens` is `undefined` if missing or damaged. */
interface Present {
  record: ConnectionRecord
  tokens: TokensRecord | undefined
}

/**
 * Where to store arrived tokens: `nowhere` if the vault already has them, in their own connection (`here`), or in a new one
 * `beside` it if the vault has others by now.
 */
export function placeOf(
  { record, tokens, over }: UnsavedTokens,
  present: Present | null,
  now: number,
): { place: 'nowhere' } | { place: 'here' | 'beside'; record: ConnectionRecord } {
  if (present === null) {
    return { place: 'here', record: over === null ? record : { ...record, status: gone(record.name, now) } }
  }
  if (present.tokens && areSameTokens(present.tokens, tokens)) return { place: 'nowhere' }
  if (present.tokens === undefined || (over && areSameTokens(present.tokens, over))) {
    const { name, tags, account, workspace, workspaces, testPath, bearer } = present.record
    return { place: 'here', record: { ...record, name, tags, account, workspace, workspaces, testPath, bearer } }
  }
  return { place: 'beside', record: { ...record, status: duplicateStatus(present.record.name, now) } }
}

function duplicateStatus(name: string, since: number): ConnectionRecord['status'] {
  const happened = `These tokens came while the vault was shut; by then another Grantdesk had stored others for “${name}”. Both are kept.`
  const failure = problem('conflict', happened, 'Refresh both to see which still works, and remove the other.').failure
  return { kind: 'needs_attention', since, failure }
}

function gone(name: string, since: number): ConnectionRecord['status'] {
  const happened = `These tokens came while the vault was shut; by then “${name}” had been removed from it.`
  return {
    kind: 'needs_attention',
    since,
    failure: problem('conflict', happened, 'Revoke and remove them if you do not need them.').failure,
  }
}
