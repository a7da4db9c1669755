// What can go wrong, as plain data: the only form in which an error crosses the door.
// Owns the kinds and their fields; refuses stack traces, causes and anything that could hold a secret.
import { z } from 'zod'
import { clientAuthenticationSchema, pkceSchema } from './service.ts'

const words = {
  /** One clear sentence for the person. */
  message: z.string(),
  /** What the person can do next. */
  remedy: z.string().optional(),
}

export const failureSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('invalid_input'),
    ...words,
    issues: z.array(z.object({ path: z.string(), message: z.string() })),
  }),
  z.object({ kind: z.literal('not_found'), ...words }),
  z.object({ kind: z.literal('conflict'), ...words }),
  z.object({ kind: z.literal('cancelled'), ...words }),
  z.object({
    kind: z.literal('not_supported'),
    ...words,
    /** Another grant of the service that would work here. */
    insteadGrant: z.object({ id: z.string(), name: z.string() }).optional(),
  }),
  z.object({ kind: z.literal('vault_locked'), ...words }),
  z.object({ kind: z.literal('vault_busy'), ...words }),
  z.object({ kind: z.literal('vault_broken'), ...words }),
  /** Wrong ones slow down: the next is looked at after `waits` ms, whenever it comes before that. */
  z.object({ kind: z.literal('wrong_passphrase'), ...words, waits: z.number().optional() }),
  /** The authorization server or the API answered, and said no. `error` and `errorDescription` are its own words. */
  z.object({
    kind: z.literal('refused'),
    ...words,
    by: z.enum(['authorization_endpoint', 'token_endpoint', 'revocation_endpoint', 'api']),
    status: z.number().int().nullable(),
    error: z.string().nullable(),
    errorDescription: z.string().nullable(),
    /** Other client authentication methods worth trying, the likeliest first. */
    tryAuthentication: z.array(clientAuthenticationSchema).optional(),
    /** Other ways with PKCE worth trying, the likeliest first. */
    tryPkce: z.array(pkceSchema).optional(),
    /** The client may be what was refused: another secret may be the cure. */
    clientRefused: z.literal(true).optional(),
    /** The id of that client, where whoever asked did not know it. */
    clientId: z.string().optional(),
    /** The service's page on which what the remedy asks for is done. */
    page: z.string().optional(),
  }),
  /** An answer came that is not what the protocol or the service's description promises. */
  z.object({
    kind: z.literal('unexpected_answer'),
    ...words,
    status: z.number().int().nullable(),
    /** When the server said to come back (ms since the epoch). */
    retryAt: z.number().optional(),
  }),
  z.object({ kind: z.literal('network'), ...words, code: z.string().nullable() }),
  z.object({ kind: z.literal('timed_out'), ...words }),
  /** A bug of ours. The incident number stands in the log beside what we know. */
  z.object({ kind: z.literal('internal'), ...words, incident: z.string() }),
])

export type Failure = z.infer<typeof failureSchema>
export type FailureKind = Failure['kind']

/** What every call through the door answers. */
export type Answer<T> = { ok: true; value: T } | { ok: false; failure: Failure }

/** Whether two failures are of one kind with the same facts, whatever their words. */
export function isSameFailure(one: Failure, other: Failure): boolean {
  return factsOf(one) === factsOf(other)
}

function factsOf({ message: _, remedy: _remedy, ...facts }: Failure): string {
  const given = Object.entries(facts).filter(([, value]) => value !== undefined)
  return JSON.stringify(given.toSorted(([one], [other]) => (one < other ? -1 : 1)))
}
