// A connection attempt under way: a union of states, not a set of flags.
import { z } from 'zod'
import { clientInputSchema } from './client.ts'
import { failureSchema } from './failure.ts'

const common = {
  id: z.string(),
  serviceId: z.string(),
  clientId: z.string(),
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
  }),
  /** No listener could be opened: the person pastes the code or the whole redirected URL. */
  z.object({ state: z.literal('awaiting_code'), ...common, ...authorization, why: z.string() }),
  z.object({ state: z.literal('exchanging'), ...common }),
  z.object({ state: z.literal('identifying'), ...common }),
  z.object({ state: z.literal('done'), ...common, connectionId: z.string() }),
  z.object({ state: z.literal('failed'), ...common, failure: failureSchema }),
])
export type Attempt = z.infer<typeof attemptSchema>

/** Whether an attempt still goes on. */
export function isUnderWay({ state }: Attempt): boolean {
  return state !== 'done' && state !== 'failed'
}

/** Whether an attempt waits for the person: only then can it be cancelled, since no token is on its way yet. */
export function isWaiting(attempt: Attempt): attempt is Extract<Attempt, { closesAt: number }> {
  return attempt.state === 'awaiting_redirect' || attempt.state === 'awaiting_code'
}

export const connectInputSchema = z.object({
  /** A stored client's id, or a client to be stored with this attempt. */
  client: z.union([clientInputSchema, z.object({ id: z.string() })]),
  grantId: z.string(),
  scopes: z.array(z.string().trim().min(1).max(200)).max(300),
  /** Extra parameters of the authorization request. */
  parameters: z.record(z.string().min(1).max(100), z.string().max(2000)).default({}),
  /** Names the connection; otherwise the account does. */
  name: z.string().trim().max(80).optional(),
  /** Puts the new tokens into this connection instead of a new one. */
  reconnect: z.string().optional(),
  /** `false` leaves the browser to the person: the authorization URL is in the attempt. */
  openBrowser: z.boolean().default(true),
})
export type ConnectInput = z.infer<typeof connectInputSchema>
