// An HTTP exchange in a flow: its purpose, request, response and timing, and why it failed if it did. Facts only; words.ts
// makes the sentences.
import { z } from 'zod'
import { lazyObject, lazyUnion } from '../lazy-schema.ts'
import { optionalFact } from './fact.ts'
import { proxyFactsSchema, routeSchema } from './route.ts'

const headers = () => z.array(z.tuple([z.string(), z.string()]))

export const recordedRequestSchema = lazyObject(() => ({
  method: z.string(),
  url: z.string(),
  headers: headers(),
  /** As text; `null` if there is none. */
  body: optionalFact(z.string()),
  /** Whether `body` is the beginning only. */
  truncated: z.boolean().default(false),
}))
export type RecordedRequest = z.infer<typeof recordedRequestSchema>

export const recordedResponseSchema = lazyObject(() => ({
  status: z.number().int(),
  statusText: z.string(),
  headers: headers(),
  /** As text; `null` if it was empty or not read. */
  body: optionalFact(z.string()),
  /** Bytes received, including those not recorded; `null` in flows of earlier versions. */
  size: optionalFact(z.number().int()),
  /** Whether `body` is the beginning only. */
  truncated: z.boolean(),
}))
export type RecordedResponse = z.infer<typeof recordedResponseSchema>

/** What a request is for. */
export const purposeSchema = lazyUnion('kind', () => [
  /** @see RFC 6749 §4 and RFC 8628 §3.4 */
  z.object({
    kind: z.literal('token_request'),
    grantType: z.enum(['authorization_code', 'client_credentials', 'password', 'device_code']),
  }),
  /** With client credentials, the first request repeated. @see RFC 6749 §6 */
  z.object({
    kind: z.literal('refresh'),
    with: z.enum(['refresh_token', 'previous_refresh_token', 'client_credentials']),
  }),
  /** @see RFC 8628 §3.1 */
  z.object({ kind: z.literal('device_authorization') }),
  /** @see RFC 9126 §2.1 */
  z.object({ kind: z.literal('pushed_authorization') }),
  /** @see RFC 7009 §2.1 */
  z.object({
    kind: z.literal('revocation'),
    token: z.enum(['refresh_token', 'previous_refresh_token', 'access_token']),
    encoding: z.enum(['form', 'json']),
    /** In another encoding than in the service's description. */
    otherEncoding: z.boolean(),
  }),
  /** Whether the token is active, according to the server. @see RFC 7662 §2.1 */
  z.object({ kind: z.literal('introspection'), token: z.enum(['refresh_token', 'access_token']) }),
  /** Whether this installation of a service has OAuth at all. */
  z.object({ kind: z.literal('availability') }),
  /** `challenge`: an API's answer to a request without a token. @see RFC 8414 §3, OpenID Connect Discovery 1.0 §4, RFC 9728 §3 */
  z.object({
    kind: z.literal('discovery'),
    document: z.enum(['oauth_authorization_server', 'openid_configuration', 'protected_resource', 'challenge']),
  }),
  /** To verify ID tokens with. @see RFC 7517 §5 */
  z.object({ kind: z.literal('issuer_keys') }),
  /** Whose the token is. */
  z.object({ kind: z.literal('identify') }),
  /** The person's path to test the token with. */
  z.object({ kind: z.literal('test_path') }),
  z.object({ kind: z.literal('workspaces') }),
  z.object({ kind: z.literal('workspace_check') }),
  /** The authorization server's information about the token. */
  z.object({ kind: z.literal('token_info') }),
  /** Whether a token works, after a revocation or after a response that an anonymous request would get, too. */
  z.object({ kind: z.literal('token_check'), after: z.enum(['revocation', 'api_request']) }),
  /** A request that the person sent. */
  z.object({ kind: z.literal('api_request') }),
])
export type Purpose = z.infer<typeof purposeSchema>

/** What went wrong at a proxy, before the request could reach the server. */
export const proxyTroubleSchema = lazyObject(() => ({
  reason: z.enum([
    /** Its address or credentials cannot be read. */
    'unusable',
    'unreachable',
    /** It answers something that is no proxy's answer. */
    'not_a_proxy',
    /** Reached by https, it shows a certificate that cannot be accepted. */
    'bad_certificate',
    /** @see RFC 9110 §15.5.8 */
    'sign_in',
    'refused',
    /** It does not know the host's name either. */
    'unknown_name',
    /** It could not reach the host. */
    'failed',
  ]),
  status: optionalFact(z.number().int()),
  /** The system's, such as ECONNREFUSED. */
  code: optionalFact(z.string()),
  /** How it would have us sign in, such as `Basic` or `Negotiate`. */
  schemes: z.array(z.string()).default([]),
}))
export type ProxyTrouble = z.infer<typeof proxyTroubleSchema>

/** Why there is no usable response. `host` includes the port. */
export const exchangeFailureSchema = lazyUnion('kind', () => [
  /** `code` is the system's, such as ECONNREFUSED. */
  z.object({
    kind: z.literal('network'),
    host: z.string(),
    code: optionalFact(z.string()),
    /** The proxy that the connection went through. */
    proxy: proxyFactsSchema.optional(),
  }),
  /** The proxy failed, so the request never reached the host. */
  z.object({ kind: z.literal('proxy'), host: z.string(), proxy: proxyFactsSchema, trouble: proxyTroubleSchema }),
  /** `afterMs` if it was our own deadline. */
  z.object({ kind: z.literal('timed_out'), host: z.string(), afterMs: optionalFact(z.number()) }),
  z.object({ kind: z.literal('not_http'), host: z.string() }),
  /** Not followed. `to` is `null` for another host, whose name the server could choose freely. */
  z.object({ kind: z.literal('redirected'), host: z.string(), to: optionalFact(z.string()) }),
  /** Not http or https, or http to another machine: nothing was sent. */
  z.object({ kind: z.literal('address_refused'), host: z.string() }),
  z.object({ kind: z.literal('cancelled') }),
  /** The flow ended before the response arrived. */
  z.object({ kind: z.literal('flow_ended') }),
  /** Grantdesk stopped before the response arrived. */
  z.object({ kind: z.literal('host_ended') }),
  z.object({ kind: z.literal('internal') }),
])
export type ExchangeFailure = z.infer<typeof exchangeFailureSchema>

/** What the response means, if its status alone would be misleading. */
const findings = [
  /** Any response but "not found" shows that the authorization endpoint exists. */
  'endpoint_present',
  /** The API refused the revoked token, as it should. */
  'token_refused',
  /** @see RFC 8628 §3.5 */
  'authorization_pending',
  'slow_down',
  /** The API's refusal names its metadata. @see RFC 9728 §5.1 */
  'names_metadata',
] as const
export type Finding = (typeof findings)[number]

export const exchangeFacts = () => ({
  purpose: purposeSchema,
  to: z.enum(['authorization_server', 'api']),
  /** Absent if it was sent directly, with the usual authorities. */
  route: routeSchema.optional(),
  request: recordedRequestSchema,
  response: optionalFact(recordedResponseSchema),
  outcome: z.enum(['running', 'succeeded', 'failed', 'noted']),
  failure: optionalFact(exchangeFailureSchema),
  finding: optionalFact(z.enum(findings)),
  /** How often it was sent; of repeated ones, as when polling, only the last is recorded. */
  attempts: z.number().int(),
  /** Milliseconds; `null` if that part did not finish. */
  timing: z.object({
    /** From sending to the response headers. */
    waiting: optionalFact(z.number()),
    /** From the headers to the last byte. */
    receiving: optionalFact(z.number()),
    whole: optionalFact(z.number()),
  }),
})
