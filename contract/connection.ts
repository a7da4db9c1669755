// A connection as callers see it: who, where, until when, with which scopes. No token, ever.
import { z } from 'zod'
import { apiAnswerSchema } from './api-answer.ts'
import { failureSchema } from './failure.ts'
import { grantTypeSchema, tokenPlacementSchema } from './service.ts'

export const accountSchema = z.object({
  id: z.string().nullable(),
  name: z.string(),
  email: z.string().nullable(),
  detail: z.string().nullable(),
})
export type Account = z.infer<typeof accountSchema>

export const workspaceSchema = z.object({
  id: z.string().nullable(),
  name: z.string(),
  slug: z.string().nullable(),
  /** What tells it from others of its kind: a role, the bot that acts there. */
  detail: z.string().nullable().default(null),
})
export type Workspace = z.infer<typeof workspaceSchema>

/** Times are milliseconds since the epoch throughout. */
export const revocationSchema = z.object({
  at: z.number(),
  /** What a question to the API after the revocation showed. */
  outcome: z.enum(['revoked', 'still_works', 'not_offered', 'unverified', 'offline']),
  /** For `still_works`: when the access token ends by itself, where known. */
  worksUntil: z.number().nullable(),
  /** For `not_offered`: the service's own page. */
  page: z.string().nullable(),
  words: z.string(),
})
export type Revocation = z.infer<typeof revocationSchema>

/** Whether a revocation is over: `unverified` was accepted by the server, and the API has no way to tell. */
export function isSettled(outcome: Revocation['outcome']): boolean {
  return outcome === 'revoked' || outcome === 'unverified'
}

export const connectionStatusSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('good') }),
  z.object({ kind: z.literal('needs_attention'), since: z.number(), failure: failureSchema }),
  z.object({ kind: z.literal('revoked'), revocation: revocationSchema }),
])

/** What goes on by itself as soon as it can, and what it waits for. */
export const waitingSchema = z.object({
  /** One sentence: “Nothing answers at api.example.com.” */
  for: z.string(),
  since: z.number(),
  /** When it is tried again (ms); later where the server or the network wants it so. */
  until: z.number(),
})
export type Waiting = z.infer<typeof waitingSchema>

export const reminderSchema = z.object({
  end: z.number(),
  dismissed: z.boolean(),
  /** When (ms): what was said long before the end is said once more near it. */
  at: z.number().default(0),
})

export const connectionViewSchema = z.object({
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
  /** `null` also where several are reached and none has been chosen yet. */
  workspace: workspaceSchema.nullable(),
  /** All that the token reaches, as far as the API said. */
  workspaces: z.array(workspaceSchema),
  /** Whom the tokens act as, where the grant says it: “user 7”. */
  actsAs: z.string().nullable(),
  /** How the token is sent. */
  bearer: tokenPlacementSchema,
  /** Resource indicators that the tokens were asked for. */
  resources: z.array(z.string()),
  /** Extra parameters of the request that began the grant, and of its token requests; without those named as secrets are. */
  parameters: z.record(z.string(), z.string()),
  tokenParameters: z.record(z.string(), z.string()),
  /** The person's own path that shows whether the token works. */
  testPath: z.string().nullable(),
  /** `null` where the API was not asked, or did not answer. */
  apiAnswer: apiAnswerSchema.nullable(),
  status: connectionStatusSchema,
  scopes: z.object({
    requested: z.array(z.string()),
    /** `null` where the token response was silent: then the requested ones count as granted, unconfirmed. */
    granted: z.array(z.string()).nullable(),
    /** What the API itself says, where it can be asked. */
    reported: z.array(z.string()).nullable(),
  }),
  tokenType: z.string(),
  obtainedAt: z.number(),
  expiresAt: z.number().nullable(),
  refreshable: z.boolean(),
  refreshTokenObtainedAt: z.number().nullable(),
  refreshTokenExpiresAt: z.number().nullable(),
  /** Grantdesk renews it ahead of its end without being asked, where it can. */
  autoRefresh: z.boolean(),
  /** A refresh or a revocation is under way. */
  busy: z.enum(['refreshing', 'revoking', 'identifying']).nullable(),
  /** The end (ms) that the person was told of last, and whether they have put that away; `null` where none was. */
  reminded: reminderSchema.nullable(),
  /** Nothing was refused and nothing changed: it is tried again. `null` where nothing is waited for. */
  waiting: waitingSchema.nullable(),
  createdAt: z.number(),
  lastUsedAt: z.number().nullable(),
})
export type ConnectionView = z.infer<typeof connectionViewSchema>

/** A connection that was removed and can be put back, until the host stops. */
export const removedConnectionSchema = z.object({
  id: z.string(),
  name: z.string(),
  serviceName: z.string(),
  account: z.string().nullable(),
  revoked: z.boolean(),
  removedAt: z.number(),
})
export type RemovedConnection = z.infer<typeof removedConnectionSchema>

export const connectionStates = ['active', 'expiring', 'expired', 'needs_attention', 'revoked'] as const
export type ConnectionState = (typeof connectionStates)[number]

const day = 86_400_000

/** A token that Grantdesk can renew by itself counts as expiring in its last fifteen minutes. */
export const expiringWindow = 15 * 60_000

/** What only the person can renew is recalled this long before it ends (ms), or for a fifth of its life if that is less. */
const reminderWindow = 30 * day

/** A token that the person pasted in may be older than Grantdesk knows, so it is recalled this long before (ms) at least. */
const pastedReminderWindow = 7 * day

/**
 * When the person has to act, from when on they are reminded, and from when on once more (ms): the end of the refresh
 * token, or of an access token that nothing refreshes. `null` where neither is known.
 */
export function personsEnd(
  connection: Pick<
    ConnectionView,
    'grantType' | 'refreshable' | 'expiresAt' | 'obtainedAt' | 'refreshTokenExpiresAt' | 'refreshTokenObtainedAt'
  >,
): { at: number; remindFrom: number; remindAgainFrom: number } | null {
  const { grantType, refreshable, expiresAt, obtainedAt, refreshTokenExpiresAt, refreshTokenObtainedAt } = connection
  const at = refreshable ? refreshTokenExpiresAt : expiresAt
  if (at === null) return null
  const since = refreshable ? (refreshTokenObtainedAt ?? obtainedAt) : obtainedAt
  const least = grantType === 'static_token' ? pastedReminderWindow : expiringWindow
  const remindFrom = at - Math.max(least, Math.min(reminderWindow, (at - since) / 5))
  return { at, remindFrom, remindAgainFrom: at - Math.min(day, (at - Math.max(remindFrom, since)) / 2) }
}

/** The end (ms) that the person is reminded of at `now`, because nothing else will put it off; `null` before that. */
export function endToRemind(connection: Parameters<typeof personsEnd>[0], now: number): number | null {
  const end = personsEnd(connection)
  return end !== null && now >= end.remindFrom ? end.at : null
}

/** What the person was told of the end that they are reminded of at `now`; `null` where it is to be told, or told again. */
export function reminderOf(
  connection: Pick<ConnectionView, 'reminded'> & Parameters<typeof personsEnd>[0],
  now: number,
): ConnectionView['reminded'] {
  const { reminded } = connection
  const end = personsEnd(connection)
  if (end === null || reminded?.end !== end.at) return null
  return now >= end.remindAgainFrom && reminded.at < end.remindAgainFrom ? null : reminded
}

/** The one word for how a connection stands at `now` (ms). */
export function connectionState(
  connection: Pick<ConnectionView, 'status'> & Parameters<typeof personsEnd>[0],
  now: number,
): ConnectionState {
  if (connection.status.kind !== 'good') return connection.status.kind
  const { expiresAt } = connection
  if (expiresAt !== null && expiresAt <= now) return 'expired'
  if (endToRemind(connection, now) !== null) return 'expiring'
  return expiresAt !== null && expiresAt - now <= expiringWindow ? 'expiring' : 'active'
}

/** An access token handed out by its connection's name, with what is to be said beside it. */
export const namedTokenSchema = z.object({
  accessToken: z.string(),
  /** The connection's own. */
  name: z.string(),
  /** Why the token may not work. */
  attention: z.object({ message: z.string(), remedy: z.string().optional() }).nullable(),
  /** An end (ms) that the person alone can put off, told of nowhere before; `replace`: by another token of their own. */
  end: z.object({ at: z.number(), by: z.enum(['replace', 'reconnect']) }).nullable(),
})
export type NamedToken = z.infer<typeof namedTokenSchema>

/** Scopes that were asked for and did not come; where the token response was silent, the API's own word counts, if any. */
export function missingScopes({ requested, granted, reported }: ConnectionView['scopes']): string[] {
  const held = granted ?? reported
  return held === null ? [] : requested.filter((scope) => scope !== '*' && !held.includes(scope))
}

/** The scopes of a connection as they were from a moment on. */
export const scopeChangeSchema = z.object({
  at: z.number(),
  cause: z.enum(['connect', 'refresh', 'identify']),
  requested: z.array(z.string()),
  granted: z.array(z.string()).nullable(),
  reported: z.array(z.string()).nullable(),
})
export type ScopeChange = z.infer<typeof scopeChangeSchema>

export const callerSchema = z.enum(['window', 'tab', 'command', 'host'])
export type Caller = z.infer<typeof callerSchema>

/** What the history tells of: all that is done with a secret, and all that changes what the vault holds. */
export const actSchema = z.enum([
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
  'ways',
])
export type Act = z.infer<typeof actSchema>

/** An entry of the history: who did what, when. */
export const historyEntrySchema = z.object({
  id: z.string(),
  at: z.number(),
  caller: callerSchema,
  act: actSchema,
  outcome: z.enum(['done', 'failed']),
  detail: z.string(),
  flowId: z.string().nullable(),
})
export type HistoryEntry = z.infer<typeof historyEntrySchema>

export const tokenInspectionSchema = z.discriminatedUnion('format', [
  z.object({ format: z.literal('opaque'), length: z.number().int() }),
  /** Header and claims of a JWT, never its signature: what is shown here cannot be used as a token. */
  z.object({
    format: z.literal('jwt'),
    header: z.record(z.string(), z.unknown()),
    claims: z.record(z.string(), z.unknown()),
  }),
  /** A JWT without a signature: header and claims would be the whole token, so of the claims only the names are told. */
  z.object({ format: z.literal('unsigned_jwt'), claimNames: z.array(z.string()) }),
])
export type TokenInspection = z.infer<typeof tokenInspectionSchema>
