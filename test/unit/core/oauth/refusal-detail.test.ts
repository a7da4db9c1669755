import { expect, it } from 'vitest'
import { refusalDetail } from '../../../../core/oauth/refusal-detail.ts'

const ofCode = (error: string, errorDescription: string | null = null) =>
  refusalDetail({ error, errorDescription }, { what: 'the code' })

// The sentences of servers in use, with the error code that each sends along.
it.each<[string, string, string | null]>([
  ['code_already_used', 'code_used', null],
  ['invalid_grant', 'code_used', 'AADSTS54005: OAuth2 Authorization code was already redeemed, please retry.'],
  ['invalid_grant', 'code_used', 'authorization code already used'],
  ['invalid_request', 'code_used', 'Authorization code has been revoked'],
  ['invalid_grant', 'code_expired', 'AADSTS70008: The provided authorization code or refresh token has expired.'],
  ['invalid_grant', 'code_expired', 'authorization code is expired'],
  ['invalid_request', 'code_of_another_client', 'Authorization code was not issued to this client'],
  ['invalid_grant', 'verifier_wrong', 'PKCE verification failed: Code mismatch'],
  ['invalid_grant', 'verifier_wrong', 'AADSTS501481: The Code_Verifier does not match the code_challenge supplied.'],
  ['invalid_grant', 'verifier_wrong', 'Failed to verify code verifier'],
  ['invalid_grant', 'verifier_missing', 'PKCE code verifier not specified'],
  ['invalid_request', 'verifier_missing', 'Missing parameter: code_verifier required'],
  ['invalid_request', 'challenge_method', 'transform algorithm not supported'],
  ['invalid_client', 'client_unknown', 'The OAuth client was not found.'],
  [
    'unauthorized_client',
    'client_unknown',
    'AADSTS700016: Application with identifier was not found in the directory.',
  ],
  ['unauthorized_client', 'grant_not_allowed', "Grant type 'password' not allowed for the client."],
  ['unauthorized_client', 'grant_not_allowed', 'Client not allowed for direct access grants'],
  ['invalid_client', 'secret_wrong', 'AADSTS7000215: Invalid client secret provided.'],
  ['invalid_client', 'secret_wrong', 'The provided client secret is invalid.'],
  ['invalid_client', 'secret_expired', 'AADSTS7000222: The provided client secret keys are expired.'],
  ['invalid_request', 'secret_missing', 'client_secret is missing.'],
  ['invalid_client', 'secret_unexpected', 'AADSTS700025: Client is public so no client_secret should be presented.'],
  ['invalid_client', 'method_refused', 'Unsupported authentication method'],
  ['invalid_request', 'pushed_request_required', 'Pushed Authorization Request is required'],
])('%s tells %s: %s', (error, detail, description) => {
  expect(ofCode(error, description)).toBe(detail)
})

it.each([
  'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
  'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.',
  'The authorization code is invalid or has expired.',
  'The code passed is incorrect or expired.',
  'Code not valid',
  'Invalid client or Invalid client credentials',
  'grant request is invalid',
  'AADSTS65001: The user or administrator has not consented to use the application; the code has expired.',
  '',
])('tells nothing: %s', (description) => {
  expect(ofCode('invalid_grant', description)).toBeUndefined()
})

it('takes what is said of a refresh token for nothing about a code', () => {
  const words = { error: 'invalid_grant', errorDescription: 'The grant has expired.' }
  expect(refusalDetail(words, { what: 'the refresh token' })).toBeUndefined()
})
