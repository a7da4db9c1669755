// An HTTP exchange as a flow records it: what it was for, what was sent and answered, how long each part took, and why it
// came to nothing where it did. Facts only; words.ts makes the sentences.
import { z } from 'zod'

export const headersSchema = z.array(z.tuple([z.string(), z.string()]))

export const recordedRequestSchema = z.object({
  method: z.string(),
  url: z.string(),
  headers: headersSchema,
  /** As text; `null` where there is none. */
  body: z.string().nullable(),
  /** Whether `body` is the beginning only. */
  truncated: z.boolean().default(false),
})
export type RecordedRequest = z.infer<typeof recordedRequestSchema>

export const recordedResponseSchema = z.object({
  status: z.number().int(),
  statusText: z.string(),
  headers: headersSchema,
  /** As text; `null` where it was empty, or was not read. */
  body: z.string().nullable(),
  /** Bytes that came, also of what is not recorded; `null` in flows of earlier versions. */
  size: z.number().int().nullable(),
  /** Whether `body` is the beginning only. */
  truncated: z.boolean(),
})
export type RecordedResponse = z.infer<typeof recordedResponseSchema>

/** What a request was sent for. */
export const purposeSchema = z.discriminatedUnion('kind', [
  /** @see RFC 6749 §4 and RFC 8628 §3.4 */
  z.object({
    kind: z.literal('token_request'),
    grantType: z.enum(['authorization_code', 'client_credentials', 'password', 'device_code']),
  }),
  /** @see RFC 6749 §6; with client credentials a new token is asked for in the same way as the first. */
  z.object({
    kind: z.literal('refresh'),
    with: z.enum(['refresh_token', 'previous_refresh_token', 'client_credentials']),
  }),
  /** @see RFC 8628 §3.1 */
  z.object({ kind: z.literal('device_authorization') }),
  /** @see RFC 7009 §2.1 */
  z.object({
    kind: z.literal('revocation'),
    token: z.enum(['refresh_token', 'previous_refresh_token', 'access_token']),
    encoding: z.enum(['form', 'json']),
    /** In another encoding than the service's description names. */
    otherEncoding: z.boolean(),
  }),
  /** Whether this installation of a service has OAuth at all. */
  z.object({ kind: z.literal('availability') }),
  /** @see RFC 8414 §3 and OpenID Connect Discovery 1.0 §4 */
  z.object({
    kind: z.literal('discovery'),
    document: z.enum(['oauth_authorization_server', 'openid_configuration']),
  }),
  /** Whose the token is. */
  z.object({ kind: z.literal('identify') }),
  /** The person's own path, that shows whether the token works. */
  z.object({ kind: z.literal('test_path') }),
  z.object({ kind: z.literal('workspaces') }),
  z.object({ kind: z.literal('workspace_check') }),
  /** What the authorization server says of the token. */
  z.object({ kind: z.literal('token_info') }),
  /** Whether a token still works, after a revocation or an answer that anybody would get. */
  z.object({ kind: z.literal('token_check'), after: z.enum(['revocation', 'api_request']) }),
  /** A request of the person's. */
  z.object({ kind: z.literal('api_request') }),
])
export type Purpose = z.infer<typeof purposeSchema>

/** Why no usable answer came. `host` is a name and a port, as in an address. */
export const exchangeFailureSchema = z.discriminatedUnion('kind', [
  /** `code` is the system's, such as ECONNREFUSED. */
  z.object({ kind: z.literal('network'), host: z.string(), code: z.string().nullable() }),
  /** `afterMs` where it was our own deadline. */
  z.object({ kind: z.literal('timed_out'), host: z.string(), afterMs: z.number().nullable() }),
  z.object({ kind: z.literal('not_http'), host: z.string() }),
  /** Not followed. `to` is `null` where it leads to another host, whose name is the server's to choose. */
  z.object({ kind: z.literal('redirected'), host: z.string(), to: z.string().nullable() }),
  /** No http or https address, or http to another machine: nothing was sent. */
  z.object({ kind: z.literal('address_refused'), host: z.string() }),
  z.object({ kind: z.literal('cancelled') }),
  /** The flow ended before an answer came. */
  z.object({ kind: z.literal('flow_ended') }),
  /** Grantdesk ended before an answer came. */
  z.object({ kind: z.literal('host_ended') }),
  z.object({ kind: z.literal('internal') }),
])
export type ExchangeFailure = z.infer<typeof exchangeFailureSchema>

/** What the answer showed, where its status alone would be misread. */
export const findingSchema = z.enum([
  /** Any answer but "not found" shows that the authorization endpoint is there. */
  'endpoint_present',
  /** The API refuses a token that was to be revoked. */
  'token_refused',
  /** @see RFC 8628 §3.5 */
  'authorization_pending',
  'slow_down',
])
export type Finding = z.infer<typeof findingSchema>

export const exchangeFacts = {
  purpose: purposeSchema,
  to: z.enum(['authorization_server', 'api']),
  request: recordedRequestSchema,
  response: recordedResponseSchema.nullable(),
  outcome: z.enum(['running', 'succeeded', 'failed', 'noted']),
  failure: exchangeFailureSchema.nullable(),
  finding: findingSchema.nullable(),
  /** How often it was sent; of alike ones, as with polling, the last stands here. */
  attempts: z.number().int(),
  /** Milliseconds; `null` where that part did not end. */
  timing: z.object({
    /** From sending to the head of the answer. */
    waiting: z.number().nullable(),
    /** From the head to the last byte. */
    receiving: z.number().nullable(),
    whole: z.number().nullable(),
  }),
}
