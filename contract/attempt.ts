// A connection attempt under way: a union of states, not a set of flags.
import { z } from 'zod'
import { clientInputSchema, redirectChoiceSchema } from './client.ts'
import { accountSchema } from './connection.ts'
import { failureSchema } from './failure.ts'
import { tokenPlacementSchema } from './service.ts'

const common = {
  id: z.string(),
  serviceId: z.string(),
  /** Our id of the client; `null` for a token that needs none. */
  clientId: z.string().nullable(),
  flowId: z.string(),
  startedAt: z.number(),
}

const authorization = {
  /** Opens the authorization endpoint; holds `state` and a code challenge, no secret of the client's. */
  authorizationUrl: z.string(),
  redirectUri: z.string(),
  /** When the listener closes (ms). */
  closesAt: z.number(),
}

export const attemptSchema = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('awaiting_redirect'),
    ...common,
    ...authorization,
    browserFailed: z.string().nullable(),
    /** An error that came back without the `state` that would prove it to be the answer: it ended nothing. */
    unproven: z.string().nullable(),
  }),
  /** No listener waits, or the service shows the code: the person pastes the code or the whole redirected URL. */
  z.object({ state: z.literal('awaiting_code'), ...common, ...authorization, why: z.string() }),
  /** The person enters the user code at the verification URI, on any device. @see RFC 8628 §3.3 */
  z.object({
    state: z.literal('awaiting_device'),
    ...common,
    userCode: z.string(),
    verificationUri: z.string(),
    verificationUriComplete: z.string().nullable(),
    /** When the user code ends (ms). */
    closesAt: z.number(),
    /** Seconds between two questions to the token endpoint; the server may have asked for longer ones. */
    interval: z.number(),
    browserFailed: z.string().nullable(),
  }),
  z.object({ state: z.literal('exchanging'), ...common, installation: z.string().optional() }),
  z.object({ state: z.literal('identifying'), ...common }),
  /**
   * The tokens came and are kept, in a connection of their own: they are another account's than those of the connection
   * that was to be reconnected. The person decides.
   */
  z.object({
    state: z.literal('asking_account'),
    ...common,
    /** The connection that was to be reconnected. */
    connectionId: z.string(),
    heldBy: accountSchema.nullable(),
    signedInAs: accountSchema.nullable(),
    /** The connection that holds the new tokens meanwhile. */
    newConnectionId: z.string(),
  }),
  z.object({ state: z.literal('done'), ...common, connectionId: z.string() }),
  z.object({
    state: z.literal('failed'),
    ...common,
    failure: failureSchema,
    /** What the service calls the place where the client is installed by now: the token can be asked for there again. */
    installation: z.string().optional(),
    /** The host stopped while tokens were asked for: a grant may live on at the service. It stays until it is dismissed. */
    cutOff: z.literal(true).optional(),
  }),
])
export type Attempt = z.infer<typeof attemptSchema>

/** Whether an attempt still goes on. */
export function isUnderWay({ state }: Attempt): boolean {
  return state !== 'done' && state !== 'failed'
}

/** Whether an attempt waits for the person: only then can it be cancelled, since no token is on its way yet. */
export function isWaiting(attempt: Attempt): attempt is Extract<Attempt, { closesAt: number }> {
  return 'closesAt' in attempt
}

/** What becomes of tokens that turned out to be another account's. */
export const accountDecisionSchema = z.enum(['keep_apart', 'replace', 'discard'])
export type AccountDecision = z.infer<typeof accountDecisionSchema>

const extraParametersSchema = z.record(z.string().min(1).max(100), z.string().max(2000))

export const connectInputSchema = z.object({
  /** A stored client's id, or a client to be stored with this attempt. */
  client: z.union([clientInputSchema, z.object({ id: z.string() })]).optional(),
  /** Instead of a client: where a static token is for. */
  place: z.object({ serviceId: z.string().max(200), baseUrl: z.string().max(2000) }).optional(),
  /** Of this attempt alone; the client's own where absent. */
  redirect: redirectChoiceSchema.optional(),
  grantId: z.string(),
  scopes: z.array(z.string().trim().min(1).max(200)).max(300),
  /** The answers to the grant's inputs, by their ids. */
  answers: z.record(z.string().max(40), z.string().trim().max(500)).default({}),
  /** Resource indicators. @see RFC 8707 §2 */
  resources: z.array(z.string().trim().min(1).max(2000)).max(10).default([]),
  /** Inwards only; used once and never stored. @see RFC 6749 §4.3 */
  username: z.string().max(500).optional(),
  password: z.string().max(4000).optional(),
  /** Inwards only: a static token, where it is sent if not as the service says, and when it ends (ms). */
  token: z
    .object({
      value: z.string().trim().min(1, 'The token is missing.').max(20_000),
      bearer: tokenPlacementSchema.optional(),
      expiresAt: z.number().nullable().optional(),
    })
    .optional(),
  /** A path that shows whether the token works, for a service that has no way to ask whose it is. */
  testPath: z.string().trim().max(2000).optional(),
  /** Extra parameters of the request that begins the grant: see `beginsElsewhere`. */
  parameters: extraParametersSchema.default({}),
  /** Extra parameters of every token request, refreshes included. */
  tokenParameters: extraParametersSchema.default({}),
  /** Names the connection; otherwise the account does. */
  name: z.string().trim().max(80).optional(),
  /** Puts the new tokens into this connection instead of a new one. */
  reconnect: z.string().optional(),
  /** Of an attempt that failed after it: nothing is installed anew, and no browser opens. */
  installation: z.string().trim().min(1).max(200).optional(),
  /** `false` leaves the browser to the person: the authorization URL is in the attempt. */
  openBrowser: z.boolean().default(true),
})
export type ConnectInput = z.infer<typeof connectInputSchema>
