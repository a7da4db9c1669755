// One schema for every service, built in or the person's own: how to reach it, authorize at it, identify the account.
// Whatever is odd about a service is a declared field here and handled in one place in core.
import { z } from 'zod'

export const clientAuthenticationSchema = z.enum(['body', 'basic', 'basic-raw', 'none'])
/**
 * How the client authenticates at the token endpoint. `basic` form-encodes id and secret first, `basic-raw` does not:
 * real servers differ.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
 */
export type ClientAuthentication = z.infer<typeof clientAuthenticationSchema>

export const grantTypeSchema = z.enum(['authorization_code', 'client_credentials'])

/** Text that a terminal and a window show as it is written: no control characters, nothing that turns its direction. */
const lines = z
  .string()
  .regex(/^(?:[^\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]|[\n\r\t])*$/u, 'no control characters')
const line = z
  .string()
  .regex(/^[^\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]*$/u, 'one line without control characters')

export const scopeSchema = z.object({ value: z.string().min(1), description: lines.default('') })
export type Scope = z.infer<typeof scopeSchema>

const pairs = z.record(z.string(), z.string())

/** A way to obtain tokens at a service. `id` names it on the command line (`--grant`). */
export const grantSchema = z.object({
  id: line.min(1),
  type: grantTypeSchema,
  name: line,
  description: lines.default(''),
  /** Extra parameters of the authorization request, always sent. */
  authorizationParameters: pairs.default({}),
  /** Extra parameters of the token request, always sent. */
  tokenParameters: pairs.default({}),
  /** Overrides the client's own method where the service insists on one. */
  clientAuthentication: clientAuthenticationSchema.optional(),
  /** Whether a refresh token is to be expected. */
  refresh: z.boolean().default(true),
  /** Seconds that a refresh token lives, where the service says so. */
  refreshTokenLifetime: z.number().int().positive().optional(),
})
export type Grant = z.infer<typeof grantSchema>

/** A ready-made request. `{slug}` and the like in `path` are placeholders, filled from the workspace where known. */
export const readyRequestSchema = z.object({
  name: line,
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']),
  path: z.string(),
  headers: pairs.default({}),
  body: z.string().default(''),
  unverified: z.boolean().default(false),
})
export type ReadyRequest = z.infer<typeof readyRequestSchema>

/** Dotted paths into a JSON answer, such as `user.mail` or `data.0.account.uuid`; several are tried in order. */
const jsonPaths = z.array(z.string().min(1))

export const identityProbeSchema = z.object({
  path: z.string(),
  headers: pairs.default({}),
  accountId: jsonPaths.default([]),
  accountName: jsonPaths.default([]),
  accountEmail: jsonPaths.default([]),
  accountDetail: jsonPaths.default([]),
  /** Where the API reports the token's scopes: an array or a space-separated string. */
  scopes: jsonPaths.default([]),
})

export const workspaceProbeSchema = z.object({
  path: z.string(),
  headers: pairs.default({}),
  workspaceId: jsonPaths.default([]),
  workspaceName: jsonPaths.default([]),
  workspaceSlug: jsonPaths.default([]),
})

export const serviceSchema = z.object({
  /** Version of this schema. */
  schema: z.literal(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'lower-case letters, digits and hyphens'),
  name: line.min(1).max(60),
  description: lines.default(''),
  documentation: z.url().optional(),
  base: z.object({
    /** Where the service lives for most people; `null` when each account has its own. */
    default: z.url().nullable(),
    /** Shown in the empty field. */
    example: line,
    /** What the person has to know to fill it in. */
    hint: lines.default(''),
  }),
  /** Absolute, or beginning with `{base}`. */
  endpoints: z.object({
    authorization: z.string(),
    token: z.string(),
    revocation: z.string().optional(),
  }),
  /** Where and how the person registers a client there. */
  registration: z.object({ page: z.string().optional(), steps: lines }),
  /** The service's own page for revoking grants. */
  grantsPage: z.string().optional(),
  clientAuthentication: z.object({
    allowed: z.array(clientAuthenticationSchema).min(1),
    default: clientAuthenticationSchema,
  }),
  redirect: z.object({
    /** Whether `http://127.0.0.1` is matched on any port (RFC 8252 §7.3). */
    anyPort: z.enum(['yes', 'no', 'unknown']),
    note: lines.default(''),
  }),
  grants: z
    .array(grantSchema)
    .min(1)
    .refine((grants) => new Set(grants.map(({ id }) => id)).size === grants.length, 'two grants with one id'),
  scopes: z.object({
    separator: z.enum([' ', ',']).default(' '),
    default: z.array(z.string()).default([]),
    groups: z.array(z.object({ name: line, scopes: z.array(scopeSchema) })).default([]),
    note: lines.default(''),
    /** Whether the token response is expected to name what was granted. */
    reported: z.boolean().default(true),
  }),
  /** How a token is sent to the API. */
  bearer: z
    .object({
      /** A token of RFC 9110 §5.6.2. */
      header: z
        .string()
        .max(60)
        .regex(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/, 'a header name'),
      prefix: z
        .string()
        .max(40)
        .regex(/^[\x20-\x7e]*$/, 'printable ASCII'),
    })
    .default({ header: 'Authorization', prefix: 'Bearer ' }),
  /** Asked in order until one answers; empty where the service has no such thing. */
  identity: z.array(identityProbeSchema).default([]),
  workspace: workspaceProbeSchema.optional(),
  revocation: z
    .object({
      encoding: z.enum(['form', 'json']).default('form'),
      /** How the client authenticates there; the client's own method where absent. */
      clientAuthentication: clientAuthenticationSchema.optional(),
    })
    .default({ encoding: 'form' }),
  requests: z.array(readyRequestSchema).default([]),
  /** Paths of fields of this description that nobody confirmed, such as `endpoints.authorization`. */
  unverified: z.array(z.string()).default([]),
})

export type Service = z.infer<typeof serviceSchema>
/** A description as it is written, before defaults are filled in. */
export type ServiceDescription = z.input<typeof serviceSchema>

/** A service as callers see it. */
export const serviceViewSchema = serviceSchema.extend({ origin: z.enum(['built_in', 'imported']) })
export type ServiceView = z.infer<typeof serviceViewSchema>
