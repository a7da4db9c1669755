// A connection's state at a point in time: one word for lists, filters and badges. Pure.
import { type ConnectionView, endToRemind, expiringWindow } from './connection.ts'
import type { Revocation } from './revocation.ts'

export const connectionStates = [
  'active',
  'expiring',
  'expired',
  'needs_attention',
  'damaged',
  /** The service accepted a revocation, and nobody could say yet whether the token is dead. */
  'revocation_unverified',
  /** The service accepted a revocation, but the access token still works. */
  'still_works',
  'revoked',
] as const
export type ConnectionState = (typeof connectionStates)[number]

/** A connection's state at `now` (ms). */
export function connectionState(
  connection: Pick<ConnectionView, 'status'> &
    Partial<Pick<ConnectionView, 'damage'>> &
    Parameters<typeof endToRemind>[0],
  now: number,
): ConnectionState {
  const { status } = connection
  if (connection.damage) return 'damaged'
  if (status.kind === 'revocation_accepted') return acceptedState(status.revocation, now)
  if (status.kind !== 'good') return status.kind
  const { expiresAt } = connection
  if (expiresAt !== null && expiresAt <= now) return 'expired'
  if (endToRemind(connection, now) !== null) return 'expiring'
  return expiresAt !== null && expiresAt - now <= expiringWindow ? 'expiring' : 'active'
}

/** A token whose end has passed counts as not verified until it is checked again. */
function acceptedState({ outcome, worksUntil }: Revocation, now: number): ConnectionState {
  const works = outcome === 'still_works' && (worksUntil === null || worksUntil > now)
  return works ? 'still_works' : 'revocation_unverified'
}
