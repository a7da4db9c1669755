// When a connection's access token is to be renewed without anybody asking: a while before its end, not all at the same
// moment, and only where that is wanted and can be done.
import type { ConnectionView } from '../../contract/connection.ts'

/** How long before its end a token is renewed at the earliest, and half of it at the latest (ms). */
const longestLead = 10 * 60_000

/** Clocks differ a little; a token from further in the future than this (ms) was not obtained by this clock. */
const tolerance = 60_000

type Renewable = Pick<
  ConnectionView,
  | 'autoRefresh'
  | 'status'
  | 'refreshable'
  | 'expiresAt'
  | 'obtainedAt'
  | 'refreshTokenExpiresAt'
  | 'grantType'
  | 'lastUsedAt'
>

/** Whether the clock was set back behind the moment at which a token came: then its end says nothing any more. */
export function isFromLater({ obtainedAt }: Pick<Renewable, 'obtainedAt'>, now: number): boolean {
  return obtainedAt > now + tolerance
}

/**
 * Whether Grantdesk renews it by itself. Nothing that was refused, revoked or has ended for good; and of the tokens that a
 * client asks for on its own behalf only those in use: another can be had at any moment without an older one.
 */
export function renewsByItself(connection: Renewable, now: number): boolean {
  const { autoRefresh, status, refreshable, expiresAt, obtainedAt, refreshTokenExpiresAt, grantType, lastUsedAt } =
    connection
  if (!autoRefresh || status.kind !== 'good' || !refreshable || expiresAt === null) return false
  if (grantType === 'client_credentials') return lastUsedAt !== null && lastUsedAt >= obtainedAt
  return refreshTokenExpiresAt === null || refreshTokenExpiresAt > now
}

/** The moment (ms) for it; `spread`, from 0 to 1, tells connections apart. */
export function dueAt(connection: Pick<Renewable, 'expiresAt' | 'obtainedAt'>, spread: number, now: number): number {
  const { expiresAt, obtainedAt } = connection
  if (expiresAt === null) return Number.POSITIVE_INFINITY
  if (isFromLater(connection, now)) return now
  const lead = Math.min(longestLead, Math.max(0, expiresAt - obtainedAt) / 4)
  return expiresAt - lead * (1 - spread / 2)
}
