import { describe, expect, it } from 'vitest'
import { isSecretHeader, secrecyOf } from '../../../../core/flows/secret-names.ts'

describe('a name', () => {
  it.each([
    ...['pwd', 'user[pwd]', 'pass', 'passwd', 'passwort', 'pin', 'otp', 'passcode', 'j_password', 'j_pass', 'totp'],
    ...['mfa_code', 'jwt', 'session', 'session_id', 'sig', 'X-Amz-Signature', 'signing_key', 'backup_codes'],
  ])('of a secret: %s', (name) => {
    expect(secrecyOf(name)).toBe('strong')
  })

  it.each([
    ...['client_id', 'scope', 'redirect_uri', 'response_type', 'grant_type', 'code_challenge', 'prompt', 'username'],
    ...[
      'key',
      'keys',
      'token_type',
      'expires_in',
      'compass',
      'spin',
      'design',
      'error_description',
      'session_expires_at',
    ],
  ])('of an ordinary parameter: %s', (name) => {
    expect(secrecyOf(name)).toBeNull()
  })

  it.each(['state', 'code', 'nonce', 'session_state'])('that depends on its place: %s', (name) => {
    expect(secrecyOf(name)).toBe('weak')
  })

  it.each(['X-Auth', 'X-Authorization', 'X-Session-Id'])('of a header with a credential: %s', (name) => {
    expect(isSecretHeader(name)).toBe(true)
  })
})
