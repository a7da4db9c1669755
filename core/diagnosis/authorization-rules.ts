// The rules about how a grant is asked for and given: redirect, client, PKCE, code, consent. In the order of rules.ts: what is
// more particular stands before what is more general.
import type { Rule } from './rule/rule.ts'
import { basicSpelling } from './rules/basic-spelling.ts'
import { clientAuthenticationChanged } from './rules/client-authentication-changed.ts'
import { clientAuthenticationMethod } from './rules/client-authentication-method.ts'
import { clientNotAllowed } from './rules/client-not-allowed.ts'
import { clientRefused } from './rules/client-refused.ts'
import { clientSecretBlanks } from './rules/client-secret-blanks.ts'
import { clientSecretExpired } from './rules/client-secret-expired.ts'
import { clientSecretMissing } from './rules/client-secret-missing.ts'
import { clientSecretReplaced } from './rules/client-secret-replaced.ts'
import { clientSecretReset } from './rules/client-secret-reset.ts'
import { clientSecretUnexpected } from './rules/client-secret-unexpected.ts'
import { clientSecretWrong } from './rules/client-secret-wrong.ts'
import { clientSuspended } from './rules/client-suspended.ts'
import { clientUnknown } from './rules/client-unknown.ts'
import { grantNotOffered } from './rules/grant-not-offered.ts'
import { interactionRequired } from './rules/interaction-required.ts'
import { issuerOfAnotherServer } from './rules/issuer-of-another-server.ts'
import { redirectUriCase } from './rules/redirect-uri-case.ts'
import { redirectUriChanged } from './rules/redirect-uri-changed.ts'
import { redirectUriCustomScheme } from './rules/redirect-uri-custom-scheme.ts'
import { redirectUriLoopbackName } from './rules/redirect-uri-loopback-name.ts'
import { redirectUriNotRegistered } from './rules/redirect-uri-not-registered.ts'
import { redirectUriOutOfBand } from './rules/redirect-uri-out-of-band.ts'
import { redirectUriPort } from './rules/redirect-uri-port.ts'
import { redirectUriQuery } from './rules/redirect-uri-query.ts'
import { redirectUriScheme } from './rules/redirect-uri-scheme.ts'
import { redirectUriTrailingSlash } from './rules/redirect-uri-trailing-slash.ts'

export const authorizationRules: Record<string, Rule> = {
  // Authorization response and redirect listener.
  'issuer-of-another-server': issuerOfAnotherServer,
  // Redirect URI.
  'redirect-uri-changed': redirectUriChanged,
  'redirect-uri-out-of-band': redirectUriOutOfBand,
  'redirect-uri-custom-scheme': redirectUriCustomScheme,
  'redirect-uri-loopback-name': redirectUriLoopbackName,
  'redirect-uri-scheme': redirectUriScheme,
  'redirect-uri-port': redirectUriPort,
  'redirect-uri-trailing-slash': redirectUriTrailingSlash,
  'redirect-uri-case': redirectUriCase,
  'redirect-uri-query': redirectUriQuery,
  'redirect-uri-not-registered': redirectUriNotRegistered,
  // Client.
  'client-unknown': clientUnknown,
  'client-suspended': clientSuspended,
  'client-not-allowed': clientNotAllowed,
  'grant-not-offered': grantNotOffered,
  'client-secret-expired': clientSecretExpired,
  'client-secret-missing': clientSecretMissing,
  'client-secret-unexpected': clientSecretUnexpected,
  'client-authentication-method': clientAuthenticationMethod,
  'client-authentication-changed': clientAuthenticationChanged,
  'client-secret-blanks': clientSecretBlanks,
  'client-secret-reset': clientSecretReset,
  'client-secret-replaced': clientSecretReplaced,
  'client-secret-wrong': clientSecretWrong,
  'basic-spelling': basicSpelling,
  'client-refused': clientRefused,
  // Consent and sign-in.
  'interaction-required': interactionRequired,
}
