// Whether two answers to “who am I” name one account.
import type { Account } from '../../contract/connection.ts'

/** By the id where both have one: names change, and two people may share one. */
export function isSameAccount(one: Account, other: Account): boolean {
  if (one.id !== null && other.id !== null) return one.id === other.id
  return one.name === other.name
}
