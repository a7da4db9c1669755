// A check that was made in a flow: which, what was expected and found, and how it came out.
import { z } from 'zod'

export const checkNameSchema = z.enum([
  /** @see RFC 6749 §10.12 */
  'state',
  /** No parameter of an authorization response stands there twice. @see RFC 6749 §3.1 */
  'parameters',
  /** The issuer in the authorization response. @see RFC 9207 §2.4 */
  'iss',
  /** The authorization code itself. @see RFC 6749 §4.1.2 */
  'code',
  /** How the code is bound to this attempt; found is the code_challenge_method. @see RFC 7636 */
  'pkce',
  /** Where the answer came to. @see RFC 6749 §3.1.2 */
  'redirect_uri',
  /** Where the client was installed, as the redirect names it. */
  'installation',
  /** Whether the service has OAuth here. */
  'availability',
  /** @see RFC 6749 §7.1 */
  'token_type',
  /** The lifetime of the access token in seconds. @see RFC 6749 §5.1 */
  'expires_in',
  /** Whether a refresh token came, and another than the one before. @see RFC 6749 §6 */
  'refresh_token',
  /** @see OpenID Connect Core 1.0 §3.1.3.7 */
  'id_token',
  /** Requested and granted scopes. @see RFC 6749 §3.3 */
  'scope',
  /** The scopes that the API reports, against those that were granted. */
  'reported_scope',
  /** Whose the tokens are. */
  'account',
  'workspace',
  /** The issuer that metadata name. @see RFC 8414 §3.3 */
  'issuer',
  /** Whether a token does not work any more. */
  'revoked',
  /** Whether the service knows the token by which it answered. */
  'token_known',
])
export type CheckName = z.infer<typeof checkNameSchema>

/** Why a check came out so, or was not made. */
export const checkReasonSchema = z.enum([
  /** The answer does not say. */
  'not_said',
  /** No answer came to the question. */
  'not_answered',
  /** The server does not promise it. */
  'not_promised',
  /** What the person pasted does not hold it. */
  'not_pasted',
  /** A person pasted it; nothing came to the redirect URI. */
  'pasted',
  'switched_off',
  /** PKCE with plain: whoever reads the request can use the code. */
  'plain_method',
  /** The server's words were about this. */
  'refused_by_server',
  'different',
  'missing',
  /** More than was asked for. */
  'additional',
  'repeated',
  'nothing_requested',
  'first_seen',
  /** A word that the server alone knows; it is sent as Bearer. */
  'unknown_type',
  /** A type that needs more than this app can send. */
  'unsendable_type',
  'rotated',
  'unchanged',
  'none_issued',
  /** Nothing here depends on it: the API is asked instead. */
  'not_used',
  'still_works',
  /** Answered as to anybody. */
  'anonymous',
  /** The status of the answer does not decide it. */
  'undecided',
])
export type CheckReason = z.infer<typeof checkReasonSchema>

/** A text, a number, or a list such as scopes. */
const valueSchema = z.union([z.string(), z.number(), z.array(z.string())]).nullable()
export type CheckValue = z.infer<typeof valueSchema>

export const checkFacts = {
  which: checkNameSchema,
  expected: valueSchema,
  found: valueSchema,
  /** `unconfirmed`: it could not be told, and went on all the same. `skipped`: there was nothing to be compared. */
  result: z.enum(['passed', 'failed', 'skipped', 'unconfirmed']),
  reason: checkReasonSchema.nullable(),
}
