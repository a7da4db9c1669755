// The rules about the API, and about what it does with a revoked token.
import type { Rule } from './rule/rule.ts'
import { apiAnonymous } from './rules/api-anonymous.ts'
import { apiForbidden } from './rules/api-forbidden.ts'
import { apiNewTokenRefused } from './rules/api-new-token-refused.ts'
import { apiNotFound } from './rules/api-not-found.ts'
import { apiOtherWorkspace } from './rules/api-other-workspace.ts'
import { apiPaymentRequired } from './rules/api-payment-required.ts'
import { apiScopeDescribed } from './rules/api-scope-described.ts'
import { apiScopeMissing } from './rules/api-scope-missing.ts'
import { apiStrongerSignIn } from './rules/api-stronger-sign-in.ts'
import { apiTokenExpired } from './rules/api-token-expired.ts'
import { apiTokenNotSent } from './rules/api-token-not-sent.ts'
import { apiTokenPlacement } from './rules/api-token-placement.ts'
import { apiTokenRevoked } from './rules/api-token-revoked.ts'
import { apiTrouble } from './rules/api-trouble.ts'
import { revokedStillWorks } from './rules/revoked-still-works.ts'
import { workspaceNotChosen } from './rules/workspace-not-chosen.ts'

export const apiRules: Record<string, Rule> = {
  // The API.
  'api-token-not-sent': apiTokenNotSent,
  'api-token-expired': apiTokenExpired,
  'api-token-placement': apiTokenPlacement,
  'api-stronger-sign-in': apiStrongerSignIn,
  'api-scope-missing': apiScopeMissing,
  'workspace-not-chosen': workspaceNotChosen,
  'api-other-workspace': apiOtherWorkspace,
  'api-payment-required': apiPaymentRequired,
  'api-trouble': apiTrouble,
  'api-token-revoked': apiTokenRevoked,
  'api-new-token-refused': apiNewTokenRefused,
  'api-scope-described': apiScopeDescribed,
  'api-forbidden': apiForbidden,
  'api-not-found': apiNotFound,
  'api-anonymous': apiAnonymous,
  // Revocation.
  'revoked-still-works': revokedStillWorks,
}
