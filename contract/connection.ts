// A connection as callers see it: who, where, until when, with which scopes. No token, ever.
import { z } from 'zod'
import { apiAnswerSchema } from './api-answer.ts'
import { connectionDamageSchema } from './damage.ts'
import { failureSchema } from './failure.ts'
import { introspectionSchema } from './introspection.ts'
import { lazyObject, lazyUnion } from './lazy-schema.ts'
import { revocationSchema } from './revocation.ts'
import { grantTypeSchema, tokenPlacementSchema } from './service.ts'

export const accountSchema = lazyObject(() => ({
  id: z.string().nullable(),
  name: z.string(),
  email: z.string().nullable(),
  detail: z.string().nullable(),
}))
export type Account = z.infer<typeof accountSchema>

export const workspaceSchema = lazyObject(() => ({
  id: z.string().nullable(),
  name: z.string(),
  slug: z.string().nullable(),
  /** What distinguishes it from others: a role, or the bot that acts there. */
  detail: z.string().nullable().default(null),
}))
export type Workspace = z.infer<typeof workspaceSchema>

export const connectionStatusSchema = lazyUnion('kind', () => [
  z.object({ kind: z.literal('good') }),
  z.object({ kind: z.literal('needs_attention'), since: z.number(), failure: failureSchema }),
  /** The service accepted the revocation, which is not verified: the token still works, or nobody could tell. */
  z.object({ kind: z.literal('revocation_accepted'), revocation: revocationSchema }),
  z.object({ kind: z.literal('revoked'), revocation: revocationSchema }),
])

/** An operation that will be retried automatically, and what it waits for. */
export const waitingSchema = lazyObject(() => ({
  /** One sentence: “Nothing answers at api.example.com.” */
  for: z.string(),
  since: z.number(),
  /** The next try (ms); may be later if the server asks for it or the network is down. */
  until: z.number(),
}))
export type Waiting = z.infer<typeof waitingSchema>

export const reminderSchema = lazyObject(() => ({
  end: z.number(),
  dismissed: z.boolean(),
  /** When the person was reminded (ms): an early reminder is repeated near the end. */
  at: z.number().default(0),
}))

export const connectionViewSchema = lazyObject(() => ({
  id: z.string(),
  name: z.string(),
  tags: z.array(z.string()),
  serviceId: z.string(),
  serviceName: z.string(),
  baseUrl: z.string(),
  clientId: z.string().nullable(),
  clientName: z.string().nullable(),
  grantId: z.string(),
  grantType: grantTypeSchema,
  grantName: z.string(),
  account: accountSchema.nullable(),
  /** Also `null` if there are several and none has been chosen yet. */
  workspace: workspaceSchema.nullable(),
  /** All workspaces that the token can access, as far as the API told. */
  workspaces: z.array(workspaceSchema),
  /** Whom the tokens act as, if the grant says so: “user 7”. */
  actsAs: z.string().nullable(),
  /** How the token is sent; `null` if the service's description, which says it, is damaged. */
  bearer: tokenPlacementSchema.nullable(),
  /** The requested resource indicators. */
  resources: z.array(z.string()),
  /** Extra parameters of the request that started the grant and of its token requests, without those that look like secrets. */
  parameters: z.record(z.string(), z.string()),
  tokenParameters: z.record(z.string(), z.string()),
  /** The person's path to test the token with. */
  testPath: z.string().nullable(),
  /** What the token response or the redirect brought along for requests to the API, by name. */
  kept: z.record(z.string(), z.string()),
  /** Where the paths of API requests begin. */
  apiRoot: z.string(),
  /** `null` if the API was not asked or did not answer. */
  apiAnswer: apiAnswerSchema.nullable(),
  /** What the authorization server said of the tokens, if it was asked. */
  introspection: introspectionSchema.optional(),
  status: connectionStatusSchema,
  /** The damaged record that `status` tells of; `null` if none is. */
  damage: connectionDamageSchema.nullable().default(null),
  scopes: z.object({
    requested: z.array(z.string()),
    /** `null` if the token response had no scope: then the requested ones count as granted, but unconfirmed. */
    granted: z.array(z.string()).nullable(),
    /** As the API itself reports them, if it can. */
    reported: z.array(z.string()).nullable(),
  }),
  tokenType: z.string(),
  obtainedAt: z.number(),
  expiresAt: z.number().nullable(),
  /** The person said of a token of theirs that it never ends; without `expiresAt`. */
  neverExpires: z.boolean(),
  refreshable: z.boolean(),
  refreshTokenObtainedAt: z.number().nullable(),
  refreshTokenExpiresAt: z.number().nullable(),
  /** Renewed automatically before it expires, if possible. */
  autoRefresh: z.boolean(),
  /** A refresh or a revocation is under way. */
  busy: z.enum(['refreshing', 'revoking', 'identifying']).nullable(),
  /** The end (ms) that the person was last reminded of, and whether they dismissed it. */
  reminded: reminderSchema.nullable(),
  /** Set while a failed operation will be retried: nothing was refused, nothing has changed. */
  waiting: waitingSchema.nullable(),
  createdAt: z.number(),
  lastUsedAt: z.number().nullable(),
}))
export type ConnectionView = z.infer<typeof connectionViewSchema>

/** A removed connection that can be restored until the host stops. */
export const removedConnectionSchema = lazyObject(() => ({
  id: z.string(),
  name: z.string(),
  serviceName: z.string(),
  account: z.string().nullable(),
  revoked: z.boolean(),
  removedAt: z.number(),
}))
export type RemovedConnection = z.infer<typeof removedConnectionSchema>

const day = 86_400_000

/** What only the person can renew is expiring at least this long before it ends (ms), or in the last quarter of its lifetime. */
const expiringWindow = 15 * 60_000

/** How long before its end (ms) the person is reminded of what only they can renew; at most a fifth of its lifetime. */
const reminderWindow = 30 * day

/** The minimum for pasted tokens (ms), which may be older than we know. */
const pastedReminderWindow = 7 * day

/**
 * When the person has to act, and when to remind them first and again (ms): at the end of the refresh token, or of an
 * access token that cannot be refreshed. `null` if neither is known.
 */
export function renewalDeadline(
  connection: Pick<
    ConnectionView,
    'grantType' | 'refreshable' | 'expiresAt' | 'obtainedAt' | 'refreshTokenExpiresAt' | 'refreshTokenObtainedAt'
  >,
): { at: number; remindFrom: number; remindAgainFrom: number } | null {
  const { grantType, refreshable, expiresAt, obtainedAt, refreshTokenExpiresAt, refreshTokenObtainedAt } = connection
  const at = refreshable ? refreshTokenExpiresAt : expiresAt
  if (at === null) return null
  const since = refreshable ? (refreshTokenObtainedAt ?? obtainedAt) : obtainedAt
  const life = Math.max(0, at - since)
  const least = grantType === 'static_token' ? pastedReminderWindow : Math.min(expiringWindow, life / 4)
  const remindFrom = at - Math.max(least, Math.min(reminderWindow, life / 5))
  return { at, remindFrom, remindAgainFrom: at - Math.min(day, (at - Math.max(remindFrom, since)) / 2) }
}

/**
 * The end (ms) to remind the person of at `now`, because only they can postpone it; `null` if it is too early, or if the connection
 * is refused or revoked, which says more.
 */
export function endToRemind(
  connection: Pick<ConnectionView, 'status'> & Parameters<typeof renewalDeadline>[0],
  now: number,
): number | null {
  const end = connection.status.kind === 'good' ? renewalDeadline(connection) : null
  return end !== null && now >= end.remindFrom ? end.at : null
}

/** The reminder that still holds at `now`; `null` if the person has to be reminded, or reminded again. */
export function reminderOf(
  connection: Pick<ConnectionView, 'reminded'> & Parameters<typeof renewalDeadline>[0],
  now: number,
): ConnectionView['reminded'] {
  const { reminded } = connection
  const end = renewalDeadline(connection)
  if (end === null || reminded?.end !== end.at) return null
  return now >= end.remindAgainFrom && reminded.at < end.remindAgainFrom ? null : reminded
}

/** An access token found by its connection's name, with what the person should know about it. */
export const namedTokenSchema = lazyObject(() => ({
  accessToken: z.string(),
  /** The connection's own. */
  name: z.string(),
  /** Why the token may not work. */
  attention: z.object({ message: z.string(), remedy: z.string().optional() }).nullable(),
  /** An end (ms) that only the person can postpone, and a first reminder of it; `replace`: with another static token. */
  end: z.object({ at: z.number(), by: z.enum(['replace', 'reconnect']) }).nullable(),
  /** Other records of the vault that are damaged, in words; `null` if none is. */
  damagedElsewhere: z.string().nullable(),
}))
export type NamedToken = z.infer<typeof namedTokenSchema>

/** Requested scopes that were not granted; what the API reports is held, whatever the token response said. */
export function missingScopes({ requested, granted, reported }: ConnectionView['scopes']): string[] {
  if (granted === null && reported === null) return []
  const held = new Set([...(granted ?? []), ...(reported ?? [])])
  return requested.filter((scope) => scope !== '*' && !held.has(scope))
}

/** A connection's scopes from a point in time on. */
export const scopeChangeSchema = lazyObject(() => ({
  at: z.number(),
  cause: z.enum(['connect', 'refresh', 'identify']),
  requested: z.array(z.string()),
  granted: z.array(z.string()).nullable(),
  reported: z.array(z.string()).nullable(),
}))
export type ScopeChange = z.infer<typeof scopeChangeSchema>

export const callers = ['window', 'tab', 'command', 'host'] as const
export const callerSchema = z.enum(callers)
export type Caller = z.infer<typeof callerSchema>

/** The operations in the history: everything that uses a secret or changes the vault's contents. */
export const historyOperations = [
  'connect',
  'refresh',
  'revoke',
  'identify',
  'request',
  'reveal',
  'copy',
  'token',
  'rename',
  'tag',
  'workspace',
  'test_path',
  'auto_refresh',
  'remove',
  'put_back',
  'backup',
  'restore',
  'client_secret',
  'certificates',
  'settings',
  'unlock_settings',
  'webhook',
  'recover',
] as const
export const historyOperationSchema = z.enum(historyOperations)
export type HistoryOperation = z.infer<typeof historyOperationSchema>

export const historyOutcomeSchema = z.enum(['done', 'failed'])

/** An entry of the history: who did what, when. */
export const historyEntrySchema = lazyObject(() => ({
  id: z.string(),
  at: z.number(),
  caller: callerSchema,
  operation: historyOperationSchema,
  outcome: historyOutcomeSchema,
  detail: z.string(),
  flowId: z.string().nullable(),
}))
export type HistoryEntry = z.infer<typeof historyEntrySchema>
