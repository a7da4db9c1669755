// What an error code means, in the RFCs' spelling and in others that servers use. Reads the server's words as they came, never a
// redacted text.
import type { Failure } from '../../contract/failure.ts'
import type { RefusalReason } from '../../contract/refusal-reason.ts'
import type { ServerWords } from './server-words.ts'

/** Where a refusal came from, and what was refused. */
export interface RefusedAt {
  by: Extract<Failure, { kind: 'refused' }>['by']
  /** What was refused, as after "did not accept": "the code", "the refresh token". */
  what: string
}

/**
 * @see RFC 6749 §4.1.2.1 and §5.2, RFC 7009 §2.2.1, RFC 8628 §3.5, RFC 8707 §2, RFC 9449 §5, OpenID Connect Core 1.0 §3.1.2.6
 */
const codes: Record<RefusalReason, string[]> = {
  invalid_grant: [
    'invalid_grant',
    'invalid_code',
    'bad_verification_code',
    'bad_refresh_token',
    'incorrect_device_code',
    'code_already_used',
    'invalid_refresh_token',
    'invalid_authorization_code',
    'invalid_device_code',
    'token_revoked',
  ],
  invalid_client: [
    'invalid_client',
    'incorrect_client_credentials',
    'invalid_client_id',
    'invalid_client_secret',
    'bad_client_secret',
    'invalid_client_credentials',
  ],
  unauthorized_client: ['unauthorized_client', 'unauthorized_grant_type'],
  client_suspended: ['application_suspended', 'deleted_client', 'disabled_client', 'client_disabled'],
  unsupported_grant: ['unsupported_grant_type', 'invalid_grant_type', 'bad_grant_type'],
  unsupported_response_type: ['unsupported_response_type', 'unsupported_response_mode', 'invalid_response_type'],
  invalid_scope: ['invalid_scope', 'scope_invalid', 'missing_scope', 'bad_scope'],
  invalid_request: ['invalid_request'],
  redirect_uri: [
    'redirect_uri_mismatch',
    'invalid_redirect_uri',
    'bad_redirect_uri',
    'redirect_uri_invalid',
    'mismatching_redirect_uri',
  ],
  access_denied: ['access_denied', 'authorization_declined', 'authorization_denied', 'consent_declined', 'user_denied'],
  policy: ['admin_policy_enforced', 'org_internal', 'admin_consent_required'],
  login_required: [
    'login_required',
    'interaction_required',
    'account_selection_required',
    'reauth_required',
    'mfa_required',
    'unmet_authentication_requirements',
    'insufficient_user_authentication',
  ],
  consent_required: ['consent_required'],
  account_not_ready: ['unverified_user_email', 'unverified_email'],
  authorization_pending: ['authorization_pending'],
  slow_down: ['slow_down'],
  expired: ['expired_token', 'token_expired', 'code_expired', 'expired_code', 'expired_refresh_token'],
  device_grant_off: ['device_flow_disabled'],
  invalid_target: ['invalid_target', 'invalid_resource'],
  unsupported_parameter: [
    'request_not_supported',
    'request_uri_not_supported',
    'registration_not_supported',
    'invalid_request_uri',
    'invalid_request_object',
  ],
  unsupported_token_type: ['unsupported_token_type'],
  dpop_required: ['use_dpop_nonce', 'invalid_dpop_proof'],
  server_trouble: ['temporarily_unavailable', 'server_error'],
}

const reasons = new Map(
  Object.entries(codes).flatMap(([reason, spellings]) => spellings.map((code) => [code, reason as RefusalReason])),
)

const asksConsent =
  /\bhas not consented\b|\brequires? (?:the )?(?:user(?:['’]s)? )?consent\b|\bconsent[_ ](?:is )?required\b/i
const asksSetUp = /\baccount is not (?:fully )?set ?up\b/i
const namesRedirectUri = /redirect[_ ]ur[il]/i

/** Why it was refused; `undefined` for an error code of the server's own, or none. `status` is `null` for a redirect. */
export function refusalReason(
  { error, errorDescription }: ServerWords,
  status: number | null,
  { by, what }: RefusedAt,
): RefusalReason | undefined {
  const reason = error === null ? undefined : reasons.get(spelledAsCode(error))
  const said = errorDescription ?? ''
  const isVague = reason === undefined || reason === 'invalid_grant' || reason === 'invalid_request'
  // Keycloak says so with `invalid_client`, Entra with `invalid_grant`.
  if ((isVague || reason === 'invalid_client') && asksConsent.test(said)) return 'consent_required'
  if (reason === 'invalid_grant' && asksSetUp.test(said)) return 'account_not_ready'
  const sendsRedirectUri = what === 'the code' || by === 'authorization_endpoint'
  if (isVague && sendsRedirectUri && namesRedirectUri.test(`${error ?? ''} ${said}`)) return 'redirect_uri'
  if (reason === 'unauthorized_client' && !knowsClient(status, by)) return 'invalid_client'
  // With 401 it says that the client was refused, unless the person was asked.
  if (reason === 'access_denied' && status === 401 && what !== 'the device code') return undefined
  return reason
}

/**
 * Whether `unauthorized_client` is about the grant alone. With 401 or 403, and at the revocation endpoint, servers use the code
 * for a client that they do not accept at all.
 * @see RFC 6749 §5.2
 */
function knowsClient(status: number | null, by: RefusedAt['by']): boolean {
  return by === 'authorization_endpoint' || (by === 'token_endpoint' && status !== 401 && status !== 403)
}

/** `Invalid-Grant`, `invalid grant` and `invalidGrant` are seen, too. */
function spelledAsCode(error: string): string {
  const code = error.trim().replace(/([a-z])([A-Z])/g, '$1_$2')
  return code.toLowerCase().replace(/[\s-]+/g, '_')
}

const parameters = ['grant_type', 'client_id', 'refresh_token', 'redirect_uri', 'client_secret', 'code']
const missing = new RegExp(
  [
    String.raw`\b(?:missing|require[sd]?)\b[^.;]{0,60}?\b(${parameters.join('|')})\b`,
    String.raw`\b(${parameters.join('|')})\b[^.;]{0,60}?\b(?:missing|required|not (?:present|provided|given|set)|empty|blank|null|undefined)\b`,
  ].join('|'),
  'i',
)

/** The parameter of a token request that the server says it did not get; `null` if it says nothing of the kind. */
export function refusedParameter({ errorDescription }: ServerWords): string | null {
  const found = missing.exec(errorDescription ?? '')
  return (found?.[1] ?? found?.[2])?.toLowerCase() ?? null
}
