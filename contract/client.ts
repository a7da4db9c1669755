// A client: our registration at a service. Callers learn whether it has a secret, never the secret itself.
import { z } from 'zod'
import { lazyObject } from './lazy-schema.ts'
import { redirectChoiceSchema } from './redirect-uri.ts'
import { type ClientAuthentication, clientAuthenticationSchema, type Grant, pkceSchema } from './service.ts'

/** Authentication methods that a client has for single grants, by the grant's id. */
export const grantAuthenticationSchema = z.record(z.string().max(200), clientAuthenticationSchema)

interface Methods {
  clientAuthentication: ClientAuthentication
  grantAuthentication: Record<string, ClientAuthentication>
}

/** How a client authenticates for a grant: the client's method for that grant, else the grant's own, else the client's usual one. */
export function methodFor(client: Methods, grant: Grant | undefined): ClientAuthentication {
  const { clientAuthentication, grantAuthentication } = client
  if (grant === undefined) return clientAuthentication
  const own = Object.hasOwn(grantAuthentication, grant.id) ? grantAuthentication[grant.id] : undefined
  return own ?? grant.clientAuthentication ?? clientAuthentication
}

/** The change to a client so that it uses a method for a grant; overrides the grant's own method for this client only. */
export function usingMethod(client: Methods, grant: Grant | undefined, method: ClientAuthentication): Methods {
  const { clientAuthentication, grantAuthentication } = client
  if (!grant?.clientAuthentication) return { clientAuthentication: method, grantAuthentication }
  const { [grant.id]: _, ...others } = grantAuthentication
  const own = method === grant.clientAuthentication ? {} : { [grant.id]: method }
  return { clientAuthentication, grantAuthentication: { ...others, ...own } }
}

export const clientViewSchema = lazyObject(() => ({
  id: z.string(),
  name: z.string(),
  serviceId: z.string(),
  baseUrl: z.string(),
  clientId: z.string(),
  hasSecret: z.boolean(),
  /** The secret is too short or common to be hidden in every text. */
  weakSecret: z.boolean(),
  clientAuthentication: clientAuthenticationSchema,
  grantAuthentication: grantAuthenticationSchema,
  pkce: pkceSchema,
  redirect: redirectChoiceSchema,
  redirectUri: z.string(),
  /** The host registered it at a practice service on this machine. */
  practice: z.boolean(),
  connectionCount: z.number().int(),
  /** Why the stored client secret cannot be used; `null` if it can, or if there is none. */
  secretDamage: z.string().nullable(),
}))
export type ClientView = z.infer<typeof clientViewSchema>

export const clientInputSchema = lazyObject(() => ({
  /** Present to change an existing client. */
  id: z.string().optional(),
  name: z.string().trim().max(80).optional(),
  serviceId: z.string(),
  baseUrl: z.string().max(2000),
  clientId: z.string().trim().min(1, 'The client id is missing.').max(500),
  /** Input only. Absent keeps the stored secret; empty removes it. */
  clientSecret: z.string().max(4000).optional(),
  clientAuthentication: clientAuthenticationSchema,
  /** Absent: unchanged. */
  grantAuthentication: grantAuthenticationSchema.optional(),
  /** Absent: unchanged, or the service's own. */
  pkce: pkceSchema.optional(),
  redirect: redirectChoiceSchema,
}))
export type ClientInput = z.infer<typeof clientInputSchema>

/** The result of testing a client's current secret with one of its connections. */
export const clientCheckSchema = lazyObject(() => ({
  connectionId: z.string(),
  name: z.string(),
  outcome: z.enum(['works', 'refused', 'not_refreshable', 'unreachable']),
  /** The server's message, or why it could not be tested. */
  words: z.string(),
  /** The client may have been refused, rather than the connection's tokens. */
  clientRefused: z.boolean(),
}))
export type ClientCheck = z.infer<typeof clientCheckSchema>
