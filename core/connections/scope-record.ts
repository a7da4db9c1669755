// A connection's scopes, and how they came to be so: each change is kept with its cause.
import { isDeepStrictEqual } from 'node:util'
import type { ConnectionView, ScopeChange } from '../../contract/connection.ts'
import type { ConnectionRecord } from '../records.ts'

/** The oldest changes of a connection are dropped beyond this. */
const mostChanges = 20
/** So long may one act take (ms). */
const oneAct = 60_000

/** The record's new scopes, noted down where they differ from what was noted last. */
export function scopesChanged(
  record: Pick<ConnectionRecord, 'scopeChanges'>,
  cause: ScopeChange['cause'],
  scopes: ConnectionView['scopes'],
  now: number,
): Pick<ConnectionRecord, 'scopes' | 'scopeChanges'> {
  const { at: _, cause: __, ...last } = record.scopeChanges.at(-1) ?? { at: 0, cause: null }
  if (isDeepStrictEqual(last, scopes)) return { scopes, scopeChanges: record.scopeChanges }
  const newest = record.scopeChanges.at(-1)
  // One act says what it learns bit by bit: the token response first, the API a moment later.
  const sameAct =
    newest?.cause === cause && now - newest.at < oneAct && isDeepStrictEqual(newest.requested, scopes.requested)
  const before = sameAct ? record.scopeChanges.slice(0, -1) : record.scopeChanges
  return { scopes, scopeChanges: [...before, { at: now, cause, ...scopes }].slice(-mostChanges) }
}
