// A connection's state at a point in time: one word for lists, filters, counts and badges. Only what asks something of the person
// is expiring or expired. Pure.
import { type ConnectionView, endToRemind } from './connection.ts'
import { canBeRenewed } from './renewal.ts'
import type { Revocation } from './revocation.ts'

export const connectionStates = [
  'active',
  /** It ends soon, and only the person can renew it. */
  'expiring',
  /** The access token has ended, and its next use requests another one. */
  'renewed_when_used',
  /** It has ended, and only the person can renew it. */
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
    Parameters<typeof endToRemind>[0] &
    Parameters<typeof canBeRenewed>[0],
  now: number,
): ConnectionState {
  const { status } = connection
  if (connection.damage) return 'damaged'
  if (status.kind === 'revocation_accepted') return acceptedState(status.revocation, now)
  if (status.kind !== 'good') return status.kind
  const { expiresAt } = connection
  const hasEnded = expiresAt !== null && expiresAt <= now
  if (hasEnded && !canBeRenewed(connection, now)) return 'expired'
  if (endToRemind(connection, now) !== null) return 'expiring'
  return hasEnded ? 'renewed_when_used' : 'active'
}

/** A token whose end has passed counts as not verified until it is checked again. */
function acceptedState({ outcome, worksUntil }: Revocation, now: number): ConnectionState {
  const works = outcome === 'still_works' && (worksUntil === null || worksUntil > now)
  return works ? 'still_works' : 'revocation_unverified'
}

/** Whether several workspaces are reached and requests cannot say yet which one is meant. */
export function awaitsWorkspace({
  status,
  workspace,
  workspaces,
}: Pick<ConnectionView, 'status' | 'workspace' | 'workspaces'>): boolean {
  const ends = status.kind === 'revoked' || status.kind === 'revocation_accepted'
  return !ends && workspace === null && workspaces.length > 1
}
