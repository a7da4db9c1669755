// Where introspection says something else of an access token than what is stored of it. Pure.
// @see https://www.rfc-editor.org/rfc/rfc7662#section-2.2
import type { ConnectionView } from './connection.ts'

export type IntrospectionDifference =
  /** Not among the held ones, and held ones that were not reported. */
  | { of: 'scopes'; additional: string[]; missing: string[] }
  /** Times in ms. */
  | { of: 'expiry'; stored: number; reported: number }
  | { of: 'account'; stored: string; reported: string }
  | { of: 'client'; stored: string; reported: string }

/** Ends that are less apart (ms) are one, counted from two clocks. */
const sameEnd = 60_000

type Stored = Pick<ConnectionView, 'introspection' | 'obtainedAt' | 'expiresAt' | 'account' | 'scopes'>

/**
 * Empty where nothing differs, or the answer is about an earlier token or one that is not active. `clientId` is the one of the
 * authorization server; `null` where there is none.
 */
export function introspectionDifferences(stored: Stored, clientId: string | null): IntrospectionDifference[] {
  const { introspection, obtainedAt } = stored
  if (!introspection?.active || introspection.at < obtainedAt) return []
  return [
    ...scopeDifference(stored.scopes, introspection.scopes),
    ...expiryDifference(stored.expiresAt, introspection.expiresAt),
    ...accountDifference(stored.account, [introspection.subject, introspection.username]),
    ...clientDifference(clientId, introspection.clientId),
  ]
}

function scopeDifference(
  { requested, granted }: ConnectionView['scopes'],
  reported: string[] | null,
): IntrospectionDifference[] {
  const held = granted ?? requested
  if (reported === null || held.length === 0 || held.includes('*')) return []
  const additional = reported.filter((scope) => !held.includes(scope))
  const missing = held.filter((scope) => !reported.includes(scope))
  return additional.length + missing.length > 0 ? [{ of: 'scopes', additional, missing }] : []
}

function expiryDifference(stored: number | null, reported: number | null): IntrospectionDifference[] {
  if (stored === null || reported === null || Math.abs(stored - reported) < sameEnd) return []
  return [{ of: 'expiry', stored, reported }]
}

/** Any name of the account may be the one that the server reports. */
function accountDifference(
  account: ConnectionView['account'],
  [subject, username]: [subject: string | null, username: string | null],
): IntrospectionDifference[] {
  const reported = subject ?? username
  if (account === null || reported === null) return []
  const names = [account.id, account.name, account.email, account.detail]
  const isKnown = [subject, username].some((one) => one !== null && names.includes(one))
  return isKnown ? [] : [{ of: 'account', stored: account.id ?? account.name, reported }]
}

function clientDifference(stored: string | null, reported: string | undefined): IntrospectionDifference[] {
  return stored === null || reported === undefined || stored === reported ? [] : [{ of: 'client', stored, reported }]
}

/** In a sentence; `timeWords` writes a time (ms). */
export function differenceWords(difference: IntrospectionDifference, timeWords: (at: number) => string): string {
  switch (difference.of) {
    case 'scopes': {
      const { additional, missing } = difference
      return [
        missing.length > 0 ? `Scopes not reported: ${missing.join(' ')}.` : '',
        additional.length > 0 ? `Scopes reported besides: ${additional.join(' ')}.` : '',
      ]
        .filter(Boolean)
        .join(' ')
    }
    case 'expiry':
      return `It ends ${timeWords(difference.reported)}, not ${timeWords(difference.stored)}.`
    case 'account':
      return `It is about ${difference.reported}; the account here is ${difference.stored}.`
    case 'client':
      return `It was issued to the client ${difference.reported}, not to ${difference.stored}.`
  }
}
