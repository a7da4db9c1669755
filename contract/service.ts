// One schema for every service, built in or the person's own: how to reach it, authorize and identify the account. Each
// quirk of a service is a field here and handled in one place in core.
import { z } from 'zod'
import { serviceCertificatesSchema } from './certificates.ts'
import { headerName, line, lines, pairs } from './description-text.ts'
import { lazyObject } from './lazy-schema.ts'
import { redirectUriSchema } from './redirect-uri.ts'
import { identityProbeSchema, tokenInfoSchema, workspaceProbeSchema } from './service-questions.ts'
import { webhookSchema } from './service-webhook.ts'
import { authorizationRequestSchema, tokenRequestSchema, tokenResponseSchema } from './token-response.ts'

export const clientAuthenticationSchema = z.enum(['body', 'basic', 'basic-raw', 'none'])
/**
 * How the client authenticates at the token endpoint. `basic` form-encodes id and secret first, `basic-raw` does not:
 * real servers differ.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
 */
export type ClientAuthentication = z.infer<typeof clientAuthenticationSchema>

/** `static_token` needs no client and no request: the person enters a token or key that the service issued. */
export const grantTypeSchema = z.enum([
  'authorization_code',
  'client_credentials',
  'password',
  'device_code',
  'static_token',
])
export type GrantType = z.infer<typeof grantTypeSchema>

/** The code challenge method; `off` only if the person chooses it. @see RFC 7636 §4.2 */
export const pkceSchema = z.enum(['S256', 'plain', 'off'])
export type Pkce = z.infer<typeof pkceSchema>

export const scopeSchema = lazyObject(() => ({ value: z.string().min(1), description: lines.default('') }))
export type Scope = z.infer<typeof scopeSchema>

/** How a token is sent to the API. */
export const tokenPlacementSchema = lazyObject(() => ({
  header: headerName,
  prefix: z
    .string()
    .max(40)
    .regex(/^[\x20-\x7e]*$/, 'printable ASCII'),
}))
export type TokenPlacement = z.infer<typeof tokenPlacementSchema>

/** Something that the person has to enter for a grant, such as whom the token acts as. */
export const grantInputSchema = lazyObject(() => ({
  id: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'lower-case letters, digits and underscores'),
  label: line.min(1),
  hint: lines.default(''),
  example: line.default(''),
  format: z.enum(['text', 'number']).default('text'),
  /** A scope made from the answer: `user:{value}`. */
  scope: z.string().optional(),
  /** The parameter that carries the answer, in the request that `sentIn` names. */
  parameter: z.string().optional(),
  sentIn: z.enum(['token', 'authorization', 'both']).default('token'),
  /** Whom the tokens act as, if the answer decides that: `user {value}`. Shown with the connection. */
  actsAs: line.optional(),
}))

/** A way to obtain tokens at a service. `id` names it on the command line (`--grant`). */
export const grantSchema = lazyObject(() => ({
  id: line.min(1),
  type: grantTypeSchema,
  name: line,
  description: lines.default(''),
  /** Extra parameters of the authorization or device authorization request, always sent. */
  authorizationParameters: pairs.default({}),
  /** Extra parameters of every token request, refreshes included. */
  tokenParameters: pairs.default({}),
  /** Parameters of a refresh, which replace those of other token requests. */
  refreshParameters: pairs.default({}),
  /** Whom the tokens act as, if the person has no choice: `the app’s bot`. */
  actsAs: line.optional(),
  /** Takes precedence over the client's own method, until the person chooses another one for this grant and client. */
  clientAuthentication: clientAuthenticationSchema.optional(),
  /** Whether to expect a refresh token. */
  refresh: z.boolean().default(true),
  /** A refresh token's lifetime in seconds, if documented. */
  refreshTokenLifetime: z.number().int().positive().optional(),
  inputs: z.array(grantInputSchema).default([]),
  /** Resource indicators, always sent. @see RFC 8707 §2 */
  resources: z.array(z.url()).default([]),
  /**
   * For `client_credentials`: the person first installs the client at the authorization endpoint; the redirect has this
   * parameter, which is sent with every token request.
   */
  installation: z.object({ parameter: z.string().regex(/^[A-Za-z0-9_.-]{1,60}$/) }).optional(),
  /** How this grant's tokens are sent, if not like the service's other tokens. */
  bearer: tokenPlacementSchema.optional(),
  /** For `static_token`: its lifetime in seconds from its creation, if documented. */
  tokenLifetime: z.number().int().positive().optional(),
  /** Where the person creates such a token or enables this grant. */
  page: z.string().optional(),
  steps: lines.default(''),
  /** A warning before the person chooses this grant. */
  caution: lines.default(''),
}))
export type Grant = z.infer<typeof grantSchema>

/**
 * Whether the grant starts with another request than a token request: an authorization or device authorization request.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1
 * @see https://www.rfc-editor.org/rfc/rfc8628#section-3.1
 */
export function beginsElsewhere(grant: Pick<Grant, 'type' | 'installation'>): boolean {
  return grant.type === 'authorization_code' || grant.type === 'device_code' || grant.installation !== undefined
}

/** A ready-made request. Placeholders such as `{slug}` in `path` are filled from the workspace if known. */
export const readyRequestSchema = lazyObject(() => ({
  name: line,
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']),
  path: z.string(),
  headers: pairs.default({}),
  body: z.string().default(''),
  /** Scopes any one of which allows it, the narrowest first, if documented. */
  scopes: z.array(line.min(1)).max(20).optional(),
  unverified: z.boolean().default(false),
}))
export type ReadyRequest = z.infer<typeof readyRequestSchema>

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: one schema, no steps
export const serviceSchema = lazyObject(() => ({
  /** For editors: the URL of the JSON Schema. */
  $schema: z.string().max(400).optional(),
  /** Version of this schema. */
  schema: z.literal(2),
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'lower-case letters, digits and hyphens'),
  name: line.min(1, 'a name is missing').max(60, 'at most 60 characters'),
  description: lines.default(''),
  documentation: z.url().optional(),
  base: z.object({
    /** The base URL for most people; `null` if each account has its own. */
    default: z.url().nullable(),
    /** The field's placeholder. */
    example: line,
    /** Help to fill it in. */
    hint: lines.default(''),
    /** Its form, such as `https://{account}.app.example.com`: endpoints and `api.origins` may be made of its parts. */
    template: z.string().max(300).optional(),
  }),
  /** Absolute, or starting with `{base}`. */
  endpoints: z.object({
    /** `null` if there is none: then no grant can begin in the browser. */
    authorization: z.string().nullable(),
    token: z.string(),
    /** For refreshing, if that is not at the token endpoint. */
    refresh: z.string().optional(),
    revocation: z.string().optional(),
    /** @see RFC 7662 §2 */
    introspection: z.string().optional(),
    /** @see RFC 8628 §3.1 */
    deviceAuthorization: z.string().optional(),
    /** If set, authorization requests are sent here first. @see RFC 9126 §2 */
    pushedAuthorization: z.string().optional(),
    /** The origins, beside the base URL's, that a value of `tokenResponse.keep` may name for an endpoint. */
    origins: z.array(z.string().max(300)).min(1).max(50).optional(),
  }),
  /**
   * Where the API lives, if elsewhere than the base URL: tokens are sent to these origins (`{base}` is the base URL's) and to no
   * others; paths follow the first that is known. `{name}` is a value that `tokenResponse.keep` names.
   */
  api: z.object({ origins: z.array(z.string().max(300)).min(1).max(50) }).optional(),
  /**
   * The issuer identifier, and whether authorization responses carry it as `iss`. A part such as `{tenantid}` is filled in from
   * the claim of an ID token. @see RFC 9207
   */
  issuer: z.object({ url: z.url(), inRedirect: z.boolean().default(false) }).optional(),
  /** If set, the service is an OpenID provider. */
  openid: z
    .object({
      /** The issuer's keys, with which ID tokens are verified. */
      jwksUri: z.string().optional(),
      /** Whether a reconnection asks which account is meant, by `prompt=select_account`. */
      selectAccount: z.boolean().default(true),
    })
    .optional(),
  /** `plain` only for a server that insists. */
  pkce: z.enum(['S256', 'plain']).default('S256'),
  /**
   * How the authorization endpoint responds if an installation has no OAuth at all; checked before the browser opens.
   * `instead` is the id of the grant that works there.
   */
  availability: z
    .object({ absentStatus: z.array(z.number().int()).min(1), words: lines, instead: z.string().optional() })
    .optional(),
  /** Where and how to register a client. */
  registration: z.object({
    page: z.string().optional(),
    /** The page at a self-hosted instance, if it differs from the cloud's. */
    instancePage: z.string().optional(),
    steps: lines,
  }),
  /** The service's page to revoke grants. */
  grantsPage: z.string().optional(),
  clientAuthentication: z.object({
    allowed: z.array(clientAuthenticationSchema).min(1),
    default: clientAuthenticationSchema,
  }),
  redirect: z.object({
    /** Whether `http://127.0.0.1` matches any port (RFC 8252 §7.3). */
    anyPort: z.enum(['yes', 'no', 'unknown']),
    /** Whether the service can show the code to copy (`urn:ietf:wg:oauth:2.0:oob`). */
    outOfBand: z.boolean().default(false),
    /** What a new client is registered with here, to the character. */
    default: redirectUriSchema.optional(),
    note: lines.default(''),
  }),
  grants: z
    .array(grantSchema)
    .min(1)
    .refine((grants) => new Set(grants.map(({ id }) => id)).size === grants.length, 'two grants with one id'),
  scopes: z.object({
    separator: z.enum([' ', ',']).default(' '),
    /** In responses, if it differs; by default, commas count where a response has no spaces. */
    responseSeparator: z.enum([' ', ',']).optional(),
    default: z.array(z.string()).default([]),
    groups: z.array(z.object({ name: line, scopes: z.array(scopeSchema) })).default([]),
    note: lines.default(''),
    /** Whether to expect the granted scopes in the token response. */
    reported: z.boolean().default(true),
  }),
  bearer: tokenPlacementSchema.default({ header: 'Authorization', prefix: 'Bearer ' }),
  /** Headers that take precedence over the token if a request has both. */
  beatsBearer: z.array(headerName).default([]),
  /** Sent with every API request; omitted if a placeholder cannot be filled. */
  requestHeaders: pairs.default({}),
  /** Whether the API treats unknown tokens as anonymous and still answers what is public. */
  anonymous: z.boolean().default(false),
  /** Tried in order until one answers; empty if the service has none. */
  identity: z.array(identityProbeSchema).default([]),
  /** Tried in order until one answers. */
  workspaces: z.array(workspaceProbeSchema).default([]),
  /**
   * For tokens whose workspaces the API does not list: the person enters a slug, or a URL that matches one of `paths`, such
   * as `/{slug}`.
   */
  workspaceByHand: z
    .object({
      paths: z
        .array(
          z
            .string()
            .max(300)
            .regex(/^\/(?:[^{}]*\/)?\{slug\}$/, 'a path that ends in {slug}'),
        )
        .min(1),
      hint: lines.default(''),
      example: line.default(''),
    })
    .optional(),
  tokenInfo: tokenInfoSchema.optional(),
  authorizationRequest: authorizationRequestSchema.optional(),
  tokenRequest: tokenRequestSchema.optional(),
  tokenResponse: tokenResponseSchema.optional(),
  revocation: z
    .object({
      encoding: z.enum(['form', 'json']).default('form'),
      /** How the client authenticates there; by default the client's own method. */
      clientAuthentication: clientAuthenticationSchema.optional(),
    })
    .default({ encoding: 'form' }),
  webhook: webhookSchema.optional(),
  requests: z.array(readyRequestSchema).default([]),
  /** PEM certificates of the authorities that sign this service's own, trusted for it alone. */
  certificateAuthorities: lines.optional(),
  /** Paths of fields of this description that nobody confirmed, such as `endpoints.authorization`. */
  unverified: z.array(z.string()).default([]),
}))

export type Service = z.infer<typeof serviceSchema>
/** A description as written, before defaults are filled in. */
export type ServiceDescription = z.input<typeof serviceSchema>

/** A service as callers see it. `adjusted`: the person's own description replaces a built-in one. */
export const serviceViewSchema = lazyObject(() => ({
  ...serviceSchema.unwrap().shape,
  origin: z.enum(['built_in', 'preset', 'adjusted', 'imported']),
  /** Absent if there are none. */
  certificates: serviceCertificatesSchema.optional(),
}))
export type ServiceView = z.infer<typeof serviceViewSchema>
