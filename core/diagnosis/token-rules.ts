// The rules about the token endpoint, the scopes it grants, and refreshing.
import type { Rule } from './rule/rule.ts'
import { accessTypeOnline } from './rules/access-type-online.ts'
import { endpointRedirects } from './rules/endpoint-redirects.ts'
import { noRefreshToken } from './rules/no-refresh-token.ts'
import { oauthNotOffered } from './rules/oauth-not-offered.ts'
import { offlineAccessMissing } from './rules/offline-access-missing.ts'
import { rateLimited } from './rules/rate-limited.ts'
import { refreshAfterRevocation } from './rules/refresh-after-revocation.ts'
import { refreshFamilyRevoked } from './rules/refresh-family-revoked.ts'
import { refreshInterrupted } from './rules/refresh-interrupted.ts'
import { refreshNotOffered } from './rules/refresh-not-offered.ts'
import { refreshTokenExpired } from './rules/refresh-token-expired.ts'
import { refreshTokenRefused } from './rules/refresh-token-refused.ts'
import { refreshTokenReused } from './rules/refresh-token-reused.ts'
import { refreshTokenRotated } from './rules/refresh-token-rotated.ts'
import { scopeAnswerSeparator } from './rules/scope-answer-separator.ts'
import { scopeRefused } from './rules/scope-refused.ts'
import { scopeSeparator } from './rules/scope-separator.ts'
import { scopesFewer } from './rules/scopes-fewer.ts'
import { secondConsent } from './rules/second-consent.ts'
import { tokenAnswerElsewhere } from './rules/token-answer-elsewhere.ts'
import { tokenAnswerEmpty } from './rules/token-answer-empty.ts'
import { tokenAnswerForm } from './rules/token-answer-form.ts'
import { tokenAnswerWithoutToken } from './rules/token-answer-without-token.ts'
import { tokenEndpointHtml } from './rules/token-endpoint-html.ts'
import { tokenEndpointNotFound } from './rules/token-endpoint-not-found.ts'
import { tokenEndpointTrouble } from './rules/token-endpoint-trouble.ts'
import { tokenEndpointWrongMethod } from './rules/token-endpoint-wrong-method.ts'
import { tokenRequestEncoding } from './rules/token-request-encoding.ts'
import { tokenTypeUnsendable } from './rules/token-type-unsendable.ts'

export const tokenRules: Record<string, Rule> = {
  // Scopes.
  'scope-separator': scopeSeparator,
  'scope-refused': scopeRefused,
  'scopes-fewer': scopesFewer,
  'scope-answer-separator': scopeAnswerSeparator,
  // No refresh token, and why.
  'offline-access-missing': offlineAccessMissing,
  'second-consent': secondConsent,
  'access-type-online': accessTypeOnline,
  'no-refresh-token': noRefreshToken,
  // Refresh.
  'refresh-not-offered': refreshNotOffered,
  'refresh-after-revocation': refreshAfterRevocation,
  'refresh-token-expired': refreshTokenExpired,
  'refresh-token-reused': refreshTokenReused,
  'refresh-interrupted': refreshInterrupted,
  'refresh-family-revoked': refreshFamilyRevoked,
  'refresh-token-rotated': refreshTokenRotated,
  'refresh-token-refused': refreshTokenRefused,
  // The token endpoint and its answer.
  'endpoint-redirects': endpointRedirects,
  'oauth-not-offered': oauthNotOffered,
  'token-endpoint-not-found': tokenEndpointNotFound,
  'token-endpoint-wrong-method': tokenEndpointWrongMethod,
  'token-request-encoding': tokenRequestEncoding,
  'token-answer-empty': tokenAnswerEmpty,
  'token-answer-elsewhere': tokenAnswerElsewhere,
  'token-answer-without-token': tokenAnswerWithoutToken,
  'token-type-unsendable': tokenTypeUnsendable,
  'token-endpoint-trouble': tokenEndpointTrouble,
  'rate-limited': rateLimited,
  'token-answer-form': tokenAnswerForm,
  'token-endpoint-html': tokenEndpointHtml,
}
