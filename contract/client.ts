// A client: our registration at a service. What crosses the door says whether a secret is held, never which.
import { z } from 'zod'
import { type ClientAuthentication, clientAuthenticationSchema, type Grant, pkceSchema } from './service.ts'

/** Where the code goes: `http://127.0.0.1[:port]/callback`, or out of band to the person, who pastes it. */
export const redirectChoiceSchema = z.discriminatedUnion('mode', [
  z.object({ mode: z.literal('ephemeral') }),
  z.object({ mode: z.literal('fixed'), port: z.number().int().min(1024).max(65535) }),
  z.object({ mode: z.literal('out_of_band') }),
])
export type RedirectChoice = z.infer<typeof redirectChoiceSchema>

/** The path of every redirect URI of ours. */
export const redirectPath = '/callback'

/** The redirect URI that asks a service to show the code. */
export const outOfBandRedirectUri = 'urn:ietf:wg:oauth:2.0:oob'

/** The port proposed where a service wants an exact redirect URI. */
export const proposedRedirectPort = 53682

/** The exact redirect URI to register for a choice; the ephemeral one is registered without a port. */
export function redirectUriToRegister(choice: RedirectChoice): string {
  if (choice.mode === 'out_of_band') return outOfBandRedirectUri
  return choice.mode === 'fixed' ? `http://127.0.0.1:${choice.port}${redirectPath}` : `http://127.0.0.1${redirectPath}`
}

/** A client's methods by the ids of the grants for which it has one of its own. */
export const grantAuthenticationSchema = z.record(z.string().max(200), clientAuthenticationSchema)

interface Methods {
  clientAuthentication: ClientAuthentication
  grantAuthentication: Record<string, ClientAuthentication>
}

/** How a client authenticates for a grant: as it was told to for this one, else as the grant wants it, else as usual. */
export function methodFor(client: Methods, grant: Grant | undefined): ClientAuthentication {
  const { clientAuthentication, grantAuthentication } = client
  if (grant === undefined) return clientAuthentication
  const own = Object.hasOwn(grantAuthentication, grant.id) ? grantAuthentication[grant.id] : undefined
  return own ?? grant.clientAuthentication ?? clientAuthentication
}

/** What changes of a client that shall use a method for a grant: the grant's own method yields for this client alone. */
export function usingMethod(client: Methods, grant: Grant | undefined, method: ClientAuthentication): Methods {
  const { clientAuthentication, grantAuthentication } = client
  if (!grant?.clientAuthentication) return { clientAuthentication: method, grantAuthentication }
  const { [grant.id]: _, ...others } = grantAuthentication
  const own = method === grant.clientAuthentication ? {} : { [grant.id]: method }
  return { clientAuthentication, grantAuthentication: { ...others, ...own } }
}

export const clientViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  serviceId: z.string(),
  baseUrl: z.string(),
  clientId: z.string(),
  hasSecret: z.boolean(),
  clientAuthentication: clientAuthenticationSchema,
  grantAuthentication: grantAuthenticationSchema,
  pkce: pkceSchema,
  redirect: redirectChoiceSchema,
  redirectUri: z.string(),
  /** The host registered it at a practice service, which lives on this machine. */
  practice: z.boolean(),
  connectionCount: z.number().int(),
  /** Why the stored client secret cannot be used, in words; `null` where it can, or there is none. */
  secretDamage: z.string().nullable(),
})
export type ClientView = z.infer<typeof clientViewSchema>

export const clientInputSchema = z.object({
  /** Present when an existing client is changed. */
  id: z.string().optional(),
  name: z.string().trim().max(80).optional(),
  serviceId: z.string(),
  baseUrl: z.string().max(2000),
  clientId: z.string().trim().min(1, 'The client id is missing.').max(500),
  /** Inwards only. Absent leaves a stored secret as it is; empty removes it. */
  clientSecret: z.string().max(4000).optional(),
  clientAuthentication: clientAuthenticationSchema,
  /** Absent: as it is stored. */
  grantAuthentication: grantAuthenticationSchema.optional(),
  /** Absent: as it is stored, or as the service wants it. */
  pkce: pkceSchema.optional(),
  redirect: redirectChoiceSchema,
})
export type ClientInput = z.infer<typeof clientInputSchema>

/** What became of one connection of a client when it was tried with the client's present secret. */
export const clientCheckSchema = z.object({
  connectionId: z.string(),
  name: z.string(),
  outcome: z.enum(['works', 'refused', 'not_refreshable', 'unreachable']),
  /** The server's words, or why it could not be tried. */
  words: z.string(),
  /** It is the client that may be refused, rather than the connection's tokens. */
  clientRefused: z.boolean(),
})
export type ClientCheck = z.infer<typeof clientCheckSchema>
