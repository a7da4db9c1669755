// A connection attempt under way: a union of states, not a set of flags.
import { z } from 'zod'
import { clientInputSchema } from './client.ts'
import { accountSchema } from './connection.ts'
import { type Failure, failureSchema } from './failure.ts'
import { lazyObject, lazyUnion } from './lazy-schema.ts'
import { redirectChoiceSchema } from './redirect-uri.ts'
import { tokenPlacementSchema } from './service.ts'

const common = () => ({
  id: z.string(),
  serviceId: z.string(),
  /** Our id of the client; `null` for a static token. */
  clientId: z.string().nullable(),
  flowId: z.string(),
  startedAt: z.number(),
})

const authorization = () => ({
  /** Contains `state` and the code challenge, but no client secret. */
  authorizationUrl: z.string(),
  redirectUri: z.string(),
  /** When the listener closes (ms). */
  closesAt: z.number(),
})

export const attemptSchema = lazyUnion('state', () => [
  z.object({
    state: z.literal('awaiting_redirect'),
    ...common(),
    ...authorization(),
    browserFailed: z.string().nullable(),
    /** An error response without the right `state`, which could be anyone's: the attempt goes on. */
    unproven: z.string().nullable(),
  }),
  /**
   * No listener is open at the redirect URI, or the service shows the code: the person pastes the code or the whole redirect
   * URL, or what answers there forwards it to `forwardedTo`.
   */
  z.object({
    state: z.literal('awaiting_code'),
    ...common(),
    ...authorization(),
    why: z.string(),
    forwardedTo: z.string().nullable(),
    browserFailed: z.string().nullable(),
  }),
  /** The person enters the user code at the verification URI, on any device. @see RFC 8628 §3.3 */
  z.object({
    state: z.literal('awaiting_device'),
    ...common(),
    userCode: z.string(),
    verificationUri: z.string(),
    verificationUriComplete: z.string().nullable(),
    /** When the user code expires (ms). */
    closesAt: z.number(),
    /** Polling interval in seconds, longer if the server asked to slow down. */
    interval: z.number(),
    browserFailed: z.string().nullable(),
  }),
  z.object({ state: z.literal('exchanging'), ...common(), installation: z.string().optional() }),
  z.object({ state: z.literal('identifying'), ...common() }),
  /**
   * The new tokens belong to another account than the connection that was to be reconnected. They are saved in a
   * connection of their own until the person decides.
   */
  z.object({
    state: z.literal('asking_account'),
    ...common(),
    /** The connection that was to be reconnected. */
    connectionId: z.string(),
    heldBy: accountSchema.nullable(),
    signedInAs: accountSchema.nullable(),
    /** The connection with the new tokens. */
    newConnectionId: z.string(),
  }),
  z.object({ state: z.literal('done'), ...common(), connectionId: z.string() }),
  z.object({
    state: z.literal('failed'),
    ...common(),
    failure: failureSchema,
    /** The service's id of the installation, which exists by now: a token can be requested for it again. */
    installation: z.string().optional(),
  }),
])
export type Attempt = z.infer<typeof attemptSchema>

type FailedAttempt = Extract<Attempt, { state: 'failed' }>
type CutOffAttempt = FailedAttempt & { failure: Extract<Failure, { kind: 'cut_off' }> }

/** Whether the host stopped during its token request: a grant may exist at the service. Shown until it is dismissed. */
export function isCutOff(attempt: Attempt): attempt is CutOffAttempt {
  return attempt.state === 'failed' && attempt.failure.kind === 'cut_off'
}

/** Whether an attempt is still running. */
export function isUnderWay({ state }: Attempt): boolean {
  return state !== 'done' && state !== 'failed'
}

/** Whether an attempt waits for the person. Only then can it be cancelled, because no token is on its way yet. */
export function isWaiting(attempt: Attempt): attempt is Extract<Attempt, { closesAt: number }> {
  return 'closesAt' in attempt
}

/** What to do with tokens of another account. */
export const accountDecisionSchema = z.enum(['keep_apart', 'replace', 'discard'])
export type AccountDecision = z.infer<typeof accountDecisionSchema>

/** Characters of a pasted answer: no browser has an address as long, and what a person pastes beside it is short. */
export const longestAnswer = 500_000

const extraParametersSchema = z.record(z.string().min(1).max(100), z.string().max(2000))

export const connectInputSchema = lazyObject(() => ({
  /** A stored client's id, or a client to store with this attempt. */
  client: z.union([clientInputSchema, z.object({ id: z.string() })]).optional(),
  /** Instead of a client: what a static token is for. */
  place: z.object({ serviceId: z.string().max(200), baseUrl: z.string().max(2000) }).optional(),
  /** For this attempt only; by default the client's. */
  redirect: redirectChoiceSchema.optional(),
  grantId: z.string(),
  scopes: z.array(z.string().trim().min(1).max(200)).max(300),
  /** The answers to the grant's inputs, by their ids. */
  answers: z.record(z.string().max(40), z.string().trim().max(500)).default({}),
  /** Resource indicators. @see RFC 8707 §2 */
  resources: z.array(z.string().trim().min(1).max(2000)).max(10).default([]),
  /** Input only; used once and never stored. @see RFC 6749 §4.3 */
  username: z.string().max(500).optional(),
  password: z.string().max(4000).optional(),
  /** Input only: a static token, how it is sent if not the service's usual way, and when it expires (ms). */
  token: z
    .object({
      value: z.string().trim().min(1, 'The token is missing.').max(20_000),
      bearer: tokenPlacementSchema.optional(),
      expiresAt: z.number().nullable().optional(),
    })
    .optional(),
  /** A path to test the token with, for a service that cannot say whose it is. */
  testPath: z.string().trim().max(2000).optional(),
  /** Extra parameters of the request that starts the grant: see `beginsElsewhere`. */
  parameters: extraParametersSchema.default({}),
  /** Extra parameters of every token request, refreshes included. */
  tokenParameters: extraParametersSchema.default({}),
  /** The connection's name; by default the account's. */
  name: z.string().trim().max(80).optional(),
  /** Puts the new tokens into this connection instead of a new one. */
  reconnect: z.string().optional(),
  /**
   * Skips the browser and uses an installation that exists: its id, or the address that the browser ended at where it was
   * begun at the service.
   */
  installation: z.string().trim().min(1).max(longestAnswer).optional(),
  /** `false` if the person opens the attempt's authorization URL themselves. */
  openBrowser: z.boolean().default(true),
}))
export type ConnectInput = z.infer<typeof connectInputSchema>
