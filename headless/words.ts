// Describes a connection in words and as JSON, without secrets. Defines the shape of `list --json`.

import { type ConnectionView, endToRemind, missingScopes } from '../contract/connection.ts'
import { type ConnectionState, connectionState } from '../contract/connection-state.ts'
import type { DamagedRecord } from '../contract/damage.ts'
import { clockTime } from '../contract/moment.ts'
import { noEndWords } from '../contract/token-end.ts'

/** A connection in `list --json`. */
export interface ConnectionJson {
  id: string
  name: string
  /** `null` like the rest of what cannot be read of a damaged connection. */
  service: string | null
  baseUrl: string | null
  account: ConnectionView['account']
  workspace: ConnectionView['workspace']
  grant: string | null
  state: ConnectionState
  scopes: { requested: string[]; granted: string[] | null }
  expiresAt: number | null
  /** The person said so; without `expiresAt`. */
  neverExpires: boolean
  refreshable: boolean
  /** What will be retried automatically, and when. */
  waiting: ConnectionView['waiting']
  tags: string[]
  /** The API's last response to a check of the token. */
  apiAnswer: ConnectionView['apiAnswer']
}

export function connectionJson(connection: ConnectionView, now: number): ConnectionJson {
  const { id, name, baseUrl, account, workspace, expiresAt, neverExpires, refreshable, waiting, tags, apiAnswer } =
    connection
  return {
    id,
    name,
    service: connection.serviceId,
    baseUrl,
    account,
    workspace,
    grant: connection.grantId,
    state: connectionState(connection, now),
    scopes: { requested: connection.scopes.requested, granted: connection.scopes.granted },
    expiresAt,
    neverExpires,
    refreshable,
    waiting,
    tags,
    apiAnswer,
  }
}

/** The same for a connection whose profile cannot be read. */
export function damagedJson({ id, name, serviceId }: DamagedRecord): ConnectionJson {
  return {
    ...{ id, name, service: serviceId, baseUrl: null, account: null, workspace: null, grant: null },
    ...{ state: 'damaged', scopes: { requested: [], granted: null }, expiresAt: null, refreshable: false },
    ...{ neverExpires: false, waiting: null, tags: [], apiAnswer: null },
  }
}

const damageWords: Record<NonNullable<ConnectionView['damage']>, string> = {
  tokens: 'damaged',
  client: 'client damaged',
  client_secret: 'client secret damaged',
  service: 'service damaged',
}

const spans: [unit: string, milliseconds: number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
]

/** `in 3 h`, `12 min ago`: in the largest unit with at least two, so that rounding matters little. */
export function relativeTime(at: number, now: number): string {
  const distance = Math.abs(at - now)
  const [unit, size] = spans.find(([, milliseconds]) => distance >= 2 * milliseconds) ?? ['s', 1_000]
  const amount = `${Math.round(distance / size)} ${unit}`
  return at >= now ? `in ${amount}` : `${amount} ago`
}

/** A connection's state, with when the person has to act: `reconnect within 12 min`. */
export function stateWords(
  connection: Parameters<typeof connectionState>[0] & Partial<Pick<ConnectionView, 'waiting'>>,
  now: number,
): string {
  const { waiting } = connection
  if (waiting) return waiting.until > now ? `waiting, again ${relativeTime(waiting.until, now)}` : 'waiting'
  if (connection.damage) return damageWords[connection.damage]
  const state = connectionState(connection, now)
  if (state === 'needs_attention') return 'needs attention'
  if (state === 'revocation_unverified') return 'revocation not verified'
  if (state === 'still_works') return stillWorksWords(connection)
  if (state === 'renewed_when_used') return 'renews when used'
  const end = state === 'expiring' ? endToRemind(connection, now) : null
  if (end === null) return state
  return `${connection.grantType === 'static_token' ? 'replace' : 'reconnect'} ${beforeWords(end, now)}`
}

/** Of an accepted revocation: until when the access token works all the same. */
function stillWorksWords({ status }: Pick<ConnectionView, 'status'>): string {
  const until = status.kind === 'revocation_accepted' ? status.revocation.worksUntil : null
  return until === null ? 'still works' : `still works until ${clockTime(until)}`
}

/** By when: the day, or the time left if it is less than a day. */
function beforeWords(end: number, now: number): string {
  if (end <= now) return 'now'
  return end - now < 86_400_000 ? `with${relativeTime(end, now)}` : `before ${clockTime(end).slice(0, 10)}`
}

/** When the access token ends, relative to now. */
export function expiryWords(connection: ConnectionView, now: number): string {
  const { status, expiresAt } = connection
  if (status.kind === 'revoked') return '–'
  return expiresAt === null ? noEndWords(connection) : relativeTime(expiresAt, now)
}

/** The same within a sentence. */
export function endWords({ expiresAt, neverExpires }: ConnectionView, now: number): string {
  if (expiresAt !== null) return `expires ${relativeTime(expiresAt, now)}`
  return neverExpires ? 'never expires' : 'expiry not known'
}

/** The scopes that the tokens have as far as known, and the requested ones that are missing. */
export function heldScopesWords({ scopes, grantType }: Pick<ConnectionView, 'scopes' | 'grantType'>): string {
  const { requested, granted, reported } = scopes
  const held = granted ?? reported
  if (held === null) {
    if (grantType === 'static_token') return 'scopes as chosen where the token was made'
    return requested.length > 0 ? `scopes ${requested.join(' ')} (unconfirmed)` : 'no scopes asked for'
  }
  const missing = missingScopes(scopes)
  const unreported = reported === null ? [] : held.filter((scope) => scope !== '*' && !reported.includes(scope))
  const doubts = [
    ...(missing.length > 0 ? [`${missing.join(' ')} missing`] : []),
    ...(unreported.length > 0 ? [`${unreported.join(' ')} not reported by the API`] : []),
  ]
  const words = held.length > 0 ? `scopes ${held.join(' ')}` : 'no scopes'
  return doubts.length > 0 ? `${words} (${doubts.join('; ')})` : words
}

type Whose = Pick<ConnectionView, 'account' | 'workspace'> & Partial<Pick<ConnectionView, 'actsAs' | 'workspaces'>>

/** Account and workspace, and always whom it acts as. */
export function accountWords({ account, workspace, actsAs, workspaces = [] }: Whose): string {
  const who = account?.name ?? (actsAs ? '' : 'not known')
  const acting = actsAs ? `acts as ${actsAs}` : ''
  const where = workspace ? `in ${workspace.name}` : workspaces.length > 1 ? 'workspace not chosen' : ''
  return [[who, acting].filter(Boolean).join(', '), where].filter(Boolean).join(workspace ? ' ' : ', ')
}
