// Whether a connection's access token is renewed automatically as things stand, and if not, why. One rule for the host that
// renews it and for what shows it. Pure.
import type { ConnectionView } from './connection.ts'

export type Renewal =
  | 'ahead'
  /** A token of the client itself, of which a new one can be requested at any time. */
  | 'when_used'
  | 'not_refreshable'
  | 'off'
  /** It was refused or revoked. */
  | 'not_good'
  | 'end_not_known'
  /** The service gave it when its end had passed: another one would be no better. */
  | 'ended_at_once'
  | 'refresh_token_ended'

export type Renewable = Pick<
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

/** Whether another access token can be requested at `now` (ms) without the person, if none was refused. */
export function canBeRenewed(
  {
    refreshable,
    expiresAt,
    obtainedAt,
    refreshTokenExpiresAt,
  }: Pick<Renewable, 'refreshable' | 'expiresAt' | 'obtainedAt' | 'refreshTokenExpiresAt'>,
  now: number,
): boolean {
  if (!refreshable || (expiresAt !== null && expiresAt <= obtainedAt)) return false
  return refreshTokenExpiresAt === null || refreshTokenExpiresAt > now
}

/** How a connection is renewed at `now` (ms). */
export function renewalOf(connection: Renewable, now: number): Renewal {
  const { autoRefresh, status, refreshable, expiresAt, obtainedAt, refreshTokenExpiresAt, grantType, lastUsedAt } =
    connection
  if (!refreshable) return 'not_refreshable'
  if (!autoRefresh) return 'off'
  if (status.kind !== 'good') return 'not_good'
  if (expiresAt === null) return 'end_not_known'
  if (expiresAt <= obtainedAt) return 'ended_at_once'
  if (grantType === 'client_credentials') return lastUsedAt !== null && lastUsedAt >= obtainedAt ? 'ahead' : 'when_used'
  return refreshTokenExpiresAt === null || refreshTokenExpiresAt > now ? 'ahead' : 'refresh_token_ended'
}

const words: Record<Renewal, string> = {
  ahead: 'yes',
  when_used: 'while in use',
  not_refreshable: 'no',
  off: 'no',
  not_good: 'no',
  end_not_known: 'no: when it ends is not known',
  ended_at_once: 'no: it had ended when it came',
  refresh_token_ended: 'no: the refresh token has ended',
}

/** Whether it renews itself, in a few words. */
export function renewalWords(connection: Renewable, now: number): string {
  return words[renewalOf(connection, now)]
}
