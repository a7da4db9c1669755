// Why a server refused, as far as its error code says: what code decides by, because the server's own words are made for people.
import { z } from 'zod'

export const refusalReasonSchema = z.enum([
  /** The code, refresh token, device code or password. @see RFC 6749 §5.2 */
  'invalid_grant',
  /** The client or its authentication. */
  'invalid_client',
  /** The client is known, but must not use this grant. */
  'unauthorized_client',
  /** The client exists no more, or was stopped by the service. */
  'client_suspended',
  'unsupported_grant',
  'unsupported_response_type',
  'invalid_scope',
  'invalid_request',
  /** Not the registered one. */
  'redirect_uri',
  /** The person, or a rule of theirs, said no. @see RFC 8628 §3.5 */
  'access_denied',
  /** Forbidden by the person's organization. */
  'policy',
  /** The person has to sign in at the server's own pages. @see OpenID Connect Core 1.0 §3.1.2.6 */
  'login_required',
  'consent_required',
  /** The person's account is not usable yet. */
  'account_not_ready',
  /** @see RFC 8628 §3.5 */
  'authorization_pending',
  'slow_down',
  /** A code or token whose time is over. */
  'expired',
  'device_grant_off',
  /** @see RFC 8707 §2 */
  'invalid_target',
  /** A parameter that the server does not support. */
  'unsupported_parameter',
  /** @see RFC 7009 §2.2.1 */
  'unsupported_token_type',
  /** Tokens bound to a key, which we cannot send. @see RFC 9449 */
  'dpop_required',
  /** The server has a problem of its own and has refused nothing. */
  'server_trouble',
])
export type RefusalReason = z.infer<typeof refusalReasonSchema>
