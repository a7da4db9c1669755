// What can go wrong, as plain data: the only form in which callers get an error. Has no stack traces, causes or anything
// else that could contain a secret.
import { z } from 'zod'
import { lazyUnion } from './lazy-schema.ts'
import { refusalReasonSchema } from './refusal-reason.ts'
import { clientAuthenticationSchema, pkceSchema } from './service.ts'

const words = {
  /** One clear sentence for the person. */
  message: z.string(),
  /** What the person can do next. */
  remedy: z.string().optional(),
}

export const failureSchema = lazyUnion('kind', () => [
  z.object({
    kind: z.literal('invalid_input'),
    ...words,
    issues: z.array(z.object({ path: z.string(), message: z.string() })),
  }),
  z.object({ kind: z.literal('not_found'), ...words }),
  z.object({ kind: z.literal('conflict'), ...words }),
  z.object({ kind: z.literal('cancelled'), ...words }),
  /** Grantdesk stopped in the middle: what the service made of it is not known. */
  z.object({
    kind: z.literal('cut_off'),
    ...words,
    /** The service's page where the person can look. */
    page: z.string().optional(),
  }),
  z.object({
    kind: z.literal('not_supported'),
    ...words,
    /** Another grant of the service that would work here. */
    insteadGrant: z.object({ id: z.string(), name: z.string() }).optional(),
  }),
  z.object({ kind: z.literal('vault_locked'), ...words }),
  z.object({ kind: z.literal('vault_busy'), ...words }),
  z.object({ kind: z.literal('vault_broken'), ...words }),
  /** Wrong passphrases slow down further tries: the next one is not checked for `waits` ms. */
  z.object({ kind: z.literal('wrong_passphrase'), ...words, waits: z.number().optional() }),
  /** The authorization server or the API refused. `error` and `errorDescription` are its own words. */
  z.object({
    kind: z.literal('refused'),
    ...words,
    by: z.enum(['authorization_endpoint', 'token_endpoint', 'revocation_endpoint', 'api']),
    status: z.number().int().nullable(),
    error: z.string().nullable(),
    errorDescription: z.string().nullable(),
    /** What the error code means; absent if it is the server's own, or in failures of earlier versions. */
    reason: refusalReasonSchema.optional(),
    /** Other client authentication methods to try, the likeliest first. */
    tryAuthentication: z.array(clientAuthenticationSchema).optional(),
    /** Other PKCE methods to try, the likeliest first. */
    tryPkce: z.array(pkceSchema).optional(),
    /** The client may have been refused: another secret may help. */
    clientRefused: z.literal(true).optional(),
    /** The id of that client, for callers that do not know it. */
    clientId: z.string().optional(),
    /** The service's page for the remedy. */
    page: z.string().optional(),
  }),
  /** The answer does not match the protocol or the service's description. */
  z.object({
    kind: z.literal('unexpected_answer'),
    ...words,
    status: z.number().int().nullable(),
    /** The server is busy or broken, and has refused nothing. */
    busy: z.literal(true).optional(),
    /** When to retry, according to the server (ms since the epoch). */
    retryAt: z.number().optional(),
  }),
  z.object({ kind: z.literal('network'), ...words, code: z.string().nullable() }),
  z.object({ kind: z.literal('timed_out'), ...words }),
  /** A bug of ours. The log has details under the incident number. */
  z.object({ kind: z.literal('internal'), ...words, incident: z.string() }),
])

export type Failure = z.infer<typeof failureSchema>
export type FailureKind = Failure['kind']

/** The result of every call. */
export type Answer<T> = { ok: true; value: T } | { ok: false; failure: Failure }

/** Whether two failures have the same kind and facts, whatever their words. */
export function isSameFailure(one: Failure, other: Failure): boolean {
  return factsOf(one) === factsOf(other)
}

function factsOf({ message: _, remedy: _remedy, ...facts }: Failure): string {
  const given = Object.entries(facts).filter(([, value]) => value !== undefined)
  return JSON.stringify(given.toSorted(([one], [other]) => (one < other ? -1 : 1)))
}
