// A check in a flow: what was expected, what was found, and the result.
import { z } from 'zod'
import { optionalFact } from './fact.ts'

const checkNames = [
  /** @see RFC 6749 §10.12 */
  'state',
  /** No duplicate parameters in the authorization response. @see RFC 6749 §3.1 */
  'parameters',
  /** The issuer in the authorization response. @see RFC 9207 §2.4 */
  'iss',
  /** The authorization code itself. @see RFC 6749 §4.1.2 */
  'code',
  /** How the client authenticates; `expected` are the methods that the server offers. @see RFC 8414 §2 */
  'client_authentication',
  /**
   * How the client id and the client secret stand in HTTP Basic, where form-encoding changes them: `found` is `basic` or
   * `basic-raw`. @see RFC 6749 §2.3.1
   */
  'basic_spelling',
  /** Whether something listens for the answer; `expected` is the port, or the address, that could not be had. @see RFC 8252 §7.3 */
  'listener',
  /** What the token endpoint made of PKCE; `found` is the code_challenge_method that was used, or `off`. @see RFC 7636 §4.6 */
  'pkce',
  /** Where the response arrived. @see RFC 6749 §3.1.2 */
  'redirect_uri',
  /** Where the client was installed, according to the redirect. */
  'installation',
  /** Whether this installation of the service has OAuth. */
  'availability',
  /** A token that came with something around it; `found` is its name. */
  'token_text',
  /** The tokens in one response; `found` are their places, each becomes a connection. */
  'tokens',
  /** @see RFC 6749 §7.1 */
  'token_type',
  /** The lifetime of the access token in seconds. @see RFC 6749 §5.1 */
  'expires_in',
  /** The lifetime of the refresh token in seconds. */
  'refresh_token_expires_in',
  /**
   * The refresh token in a token response: `found` is `issued`, after a refresh `rotated` or `repeated`, `null` if there is
   * none; `expected` is `issued` if the description of the grant says so. @see RFC 6749 §5.1 and §6
   */
  'refresh_token',
  /** @see OpenID Connect Core 1.0 §3.1.3.7 */
  'id_token',
  /** The values that the description keeps, by their names. */
  'kept_values',
  /** Where the redirect says that the token endpoint is; `expected` are the origins that the description allows. */
  'endpoint_origin',
  'id_token_issuer',
  /** `aud` and `azp`. */
  'id_token_audience',
  /** Compared with the one before. @see OpenID Connect Core 1.0 §12.2 */
  'id_token_subject',
  /** The userinfo endpoint's, compared with the ID token's. @see OpenID Connect Core 1.0 §5.3.2 */
  'userinfo_subject',
  'nonce',
  /** In seconds. */
  'id_token_expiry',
  /** Of one that begins later than now: in how many seconds. @see RFC 7519 §4.1.5 */
  'id_token_not_before',
  /** `found` is the algorithm. */
  'id_token_signature',
  /** The same of an access token that is a JWT. @see RFC 9068 §4 */
  'access_token_signature',
  /** Requested and granted scopes. @see RFC 6749 §3.3 */
  'scope',
  /** The scopes that the API reports, compared with the granted ones. */
  'reported_scope',
  /** Whose the tokens are. */
  'account',
  'workspace',
  /** The issuer in the metadata. @see RFC 8414 §3.3 */
  'issuer',
  /** The resource in an API's metadata. @see RFC 9728 §3.3 */
  'resource',
  /** Whether a token has stopped working. */
  'revoked',
  /** Whether a revoked token, `found`, is no longer active. @see RFC 7662 §2.2 */
  'introspection',
  /** Whether the API recognized the token when it answered. */
  'token_known',
  /** Whether secrets can be told from ordinary text, and so be hidden everywhere; `found` are those that cannot. */
  'secret_strength',
] as const
export type CheckName = (typeof checkNames)[number]

/** The reason for a result, or for a skipped check. */
const checkReasons = [
  /** The response does not say. */
  'not_said',
  /** The request got no response. */
  'not_answered',
  /** The server does not promise it. */
  'not_promised',
  /** Missing from what the person pasted. */
  'not_pasted',
  /** The person pasted it; nothing arrived at the redirect URI. */
  'pasted',
  /** The owner of the redirect URI forwards answers to this machine. */
  'forwarded',
  'switched_off',
  /** A person named the installation: nothing shows who began it. */
  'unsolicited',
  /** The server took it, or ignored it. */
  'accepted',
  /** It was sent; the response is about something else. */
  'sent',
  /** PKCE with `plain`: anyone who sees the request can use the code. */
  'plain_method',
  /** The server's error was about this. */
  'refused_by_server',
  'different',
  /** What was sent fits what was sent before. */
  'matches',
  'missing',
  /** More than requested. */
  'additional',
  'repeated',
  'nothing_requested',
  'first_seen',
  /** An unknown token type; it is sent as Bearer. */
  'unknown_type',
  /** A token type that we cannot send. */
  'unsendable_type',
  /** The end of its lifetime has passed. */
  'ended',
  /** Its time has not come. */
  'not_yet',
  /** The response does not say, but the token itself does. @see RFC 7519 §4.1.4 */
  'token_says',
  'blanks_around',
  /** `Bearer ` before the token itself. */
  'scheme_in_front',
  'rotated',
  'unchanged',
  'none_issued',
  /** Not needed: the API is asked instead. */
  'not_used',
  'still_works',
  /** Answered as for an anonymous request. */
  'anonymous',
  /** It cannot be read, as when it is encrypted. */
  'unreadable',
  /** There is no key to verify it with. */
  'no_key',
  /** The response status is inconclusive. */
  'undecided',
  /** Short, or an ordinary word. */
  'too_common',
  /** Some servers want it one way, some the other. */
  'servers_differ',
  /** Another program, or another attempt, has it. */
  'in_use',
  /** The system does not let this program have it. */
  'not_permitted',
  /** This machine has no such address. */
  'no_such_address',
] as const
export type CheckReason = (typeof checkReasons)[number]

/** A text, a number, or a list such as scopes. */
const value = () => z.union([z.string(), z.number(), z.array(z.string())])
export type CheckValue = z.infer<ReturnType<typeof value>> | null

export const checkFacts = () => ({
  which: z.enum(checkNames),
  expected: optionalFact(value()),
  found: optionalFact(value()),
  /** `unconfirmed`: inconclusive, and the flow went on. `skipped`: there was nothing to compare. */
  result: z.enum(['passed', 'failed', 'skipped', 'unconfirmed']),
  reason: optionalFact(z.enum(checkReasons)),
})
