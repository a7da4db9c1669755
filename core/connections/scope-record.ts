// A connection's scopes and their changes over time, each with its cause.
import { isDeepStrictEqual } from 'node:util'
import type { ConnectionView, ScopeChange } from '../../contract/connection.ts'
import type { ConnectionRecord } from '../records.ts'

/** The oldest changes of a connection are dropped beyond this. */
const mostChanges = 20
/** Changes within this time (ms) count as the same operation. */
const oneOperation = 60_000

/** The new scopes and, if they differ from the last ones, the record of changes. */
export function scopesChanged(
  record: Pick<ConnectionRecord, 'scopeChanges'>,
  cause: ScopeChange['cause'],
  scopes: ConnectionView['scopes'],
  now: number,
): Pick<ConnectionRecord, 'scopes' | 'scopeChanges'> {
  const { at: _, cause: __, ...last } = record.scopeChanges.at(-1) ?? { at: 0, cause: null }
  if (isDeepStrictEqual(last, scopes)) return { scopes, scopeChanges: record.scopeChanges }
  const newest = record.scopeChanges.at(-1)
  // One operation learns scopes step by step: first from the token response, then from the API.
  const sameOperation =
    newest?.cause === cause && now - newest.at < oneOperation && isDeepStrictEqual(newest.requested, scopes.requested)
  const before = sameOperation ? record.scopeChanges.slice(0, -1) : record.scopeChanges
  return { scopes, scopeChanges: [...before, { at: now, cause, ...scopes }].slice(-mostChanges) }
}
