// Revocations that differ from RFC 7009, as switches. Only data: see quirk-catalogue.ts.
import type { QuirkText } from './quirk-text.ts'

const REVOCATION = 'Revocation'

export const REVOCATION_QUIRKS = {
  'revocation-does-nothing': {
    group: REVOCATION,
    name: 'Revocation does nothing',
    description: 'A revocation is answered with 200, and every token lives on.',
    oneOf: 'revocation',
  },
  'revocation-refresh-only': {
    group: REVOCATION,
    name: 'Only refresh tokens are revoked',
    description: 'A revocation ends a refresh token; access tokens live on to their end.',
    oneOf: 'revocation',
  },
  'revocation-kills-both': {
    group: REVOCATION,
    name: 'Revoking either ends both',
    description: 'Access token or refresh token: revoking one ends the other as well.',
    oneOf: 'revocation',
  },
  'revocation-independent': {
    group: REVOCATION,
    name: 'Each is revoked by itself',
    description: 'Access token and refresh token: revoking one leaves the other as it is.',
    oneOf: 'revocation',
  },
  'jwt-outlives-revocation': {
    group: REVOCATION,
    name: 'Access tokens are JWTs that live on',
    description: 'An access token is a JWT, which the API takes until it ends, revoked or not.',
    oneOf: 'revocation',
  },
  'revocation-refused': {
    group: REVOCATION,
    name: 'Revocation is refused',
    description: 'A revocation is answered with 401 and invalid_client to every caller, and every token lives on.',
    oneOf: 'revocation',
  },
  'revocation-breaks-refresh': {
    group: REVOCATION,
    name: 'Revoking the access token first breaks the refresh',
    description: 'After an access token was revoked, the refresh of its grant ends in a 500 with an HTML page.',
  },
  'revocation-form-only': {
    group: REVOCATION,
    name: 'Forms only',
    description: 'A revocation in JSON is refused with invalid_request.',
    oneOf: 'revocation encoding',
  },
  'revocation-json-only': {
    group: REVOCATION,
    name: 'JSON only',
    description: 'A revocation in a form is refused with invalid_request.',
    oneOf: 'revocation encoding',
  },
} satisfies Record<string, QuirkText>
