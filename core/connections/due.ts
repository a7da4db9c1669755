// When to renew a connection's access token automatically: a while before it expires, not all at once, and only if that is
// enabled and possible.
import { type Renewable, renewalOf } from '../../contract/renewal.ts'

/** A token is renewed this long before it expires at the earliest, half as long at the latest (ms). */
const longestLead = 10 * 60_000

/** Clocks differ a little; a token obtained further in the future than this (ms) means that the clock was changed. */
const tolerance = 60_000

/** Whether the clock was set back to before the token was obtained: then its expiry is meaningless. */
export function isFromLater({ obtainedAt }: Pick<Renewable, 'obtainedAt'>, now: number): boolean {
  return obtainedAt > now + tolerance
}

/** Whether it is renewed automatically; client credentials tokens only while in use. */
export function renewsByItself(connection: Renewable, now: number): boolean {
  return renewalOf(connection, now) === 'ahead'
}

/** When to renew it (ms); `spread`, from 0 to 1, staggers connections. */
export function dueAt(connection: Pick<Renewable, 'expiresAt' | 'obtainedAt'>, spread: number, now: number): number {
  const { expiresAt, obtainedAt } = connection
  if (expiresAt === null) return Number.POSITIVE_INFINITY
  if (isFromLater(connection, now)) return now
  const lead = Math.min(longestLead, Math.max(0, expiresAt - obtainedAt) / 4)
  return expiresAt - lead * (1 - spread / 2)
}
