// The rules about how a grant is asked for and given: redirect, client, PKCE, code, consent. In the order of rules.ts: what is
// more particular stands before what is more general.
import type { Rule } from './rule/rule.ts'
import { accountNotReady } from './rules/account-not-ready.ts'
import { answerFormUnreadable } from './rules/answer-form-unreadable.ts'
import { answerInFragment } from './rules/answer-in-fragment.ts'
import { answerOfAnotherAttempt } from './rules/answer-of-another-attempt.ts'
import { answerWithoutCode } from './rules/answer-without-code.ts'
import { basicSpelling } from './rules/basic-spelling.ts'
import { browserHeadersTooLarge } from './rules/browser-headers-too-large.ts'
import { browserNeverReturned } from './rules/browser-never-returned.ts'
import { browserNotOpened } from './rules/browser-not-opened.ts'
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
import { codeCut } from './rules/code-cut.ts'
import { codeExpired } from './rules/code-expired.ts'
import { codeOfAnotherClient } from './rules/code-of-another-client.ts'
import { codeRefused } from './rules/code-refused.ts'
import { codeUsed } from './rules/code-used.ts'
import { consentRefused } from './rules/consent-refused.ts'
import { consentRequired } from './rules/consent-required.ts'
import { deviceCodeExpired } from './rules/device-code-expired.ts'
import { deviceGrantOff } from './rules/device-grant-off.ts'
import { devicePolledTooFast } from './rules/device-polled-too-fast.ts'
import { duplicateParameters } from './rules/duplicate-parameters.ts'
import { errorWithoutState } from './rules/error-without-state.ts'
import { grantNotOffered } from './rules/grant-not-offered.ts'
import { interactionRequired } from './rules/interaction-required.ts'
import { issuerMissing } from './rules/issuer-missing.ts'
import { issuerOfAnotherServer } from './rules/issuer-of-another-server.ts'
import { organizationPolicy } from './rules/organization-policy.ts'
import { parameterRefused } from './rules/parameter-refused.ts'
import { pkcePlainRefused } from './rules/pkce-plain-refused.ts'
import { pkceRefused } from './rules/pkce-refused.ts'
import { pkceRequired } from './rules/pkce-required.ts'
import { pkceVerifierMissing } from './rules/pkce-verifier-missing.ts'
import { pkceVerifierUnexpected } from './rules/pkce-verifier-unexpected.ts'
import { pkceVerifierWrong } from './rules/pkce-verifier-wrong.ts'
import { portTaken } from './rules/port-taken.ts'
import { proofRequired } from './rules/proof-required.ts'
import { pushedRequestRequired } from './rules/pushed-request-required.ts'
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
import { redirectWrongHost } from './rules/redirect-wrong-host.ts'
import { redirectWrongPath } from './rules/redirect-wrong-path.ts'
import { resourceRefused } from './rules/resource-refused.ts'
import { responseTypeRefused } from './rules/response-type-refused.ts'
import { secondAnswer } from './rules/second-answer.ts'
import { signInRequired } from './rules/sign-in-required.ts'
import { stateChanged } from './rules/state-changed.ts'
import { stateMissing } from './rules/state-missing.ts'

export const authorizationRules: Record<string, Rule> = {
  // Authorization response and redirect listener.
  'issuer-of-another-server': issuerOfAnotherServer,
  'issuer-missing': issuerMissing,
  'duplicate-parameters': duplicateParameters,
  'state-missing': stateMissing,
  'state-changed': stateChanged,
  'answer-of-another-attempt': answerOfAnotherAttempt,
  'error-without-state': errorWithoutState,
  'redirect-wrong-host': redirectWrongHost,
  'redirect-wrong-path': redirectWrongPath,
  'answer-in-fragment': answerInFragment,
  'answer-form-unreadable': answerFormUnreadable,
  'browser-headers-too-large': browserHeadersTooLarge,
  'answer-without-code': answerWithoutCode,
  'second-answer': secondAnswer,
  'port-taken': portTaken,
  'browser-not-opened': browserNotOpened,
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
  'browser-never-returned': browserNeverReturned,
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
  // PKCE.
  'pkce-required': pkceRequired,
  'pkce-verifier-missing': pkceVerifierMissing,
  'pkce-verifier-unexpected': pkceVerifierUnexpected,
  'pkce-verifier-wrong': pkceVerifierWrong,
  'pkce-plain-refused': pkcePlainRefused,
  'pkce-refused': pkceRefused,
  // Authorization code.
  'code-of-another-client': codeOfAnotherClient,
  'code-used': codeUsed,
  'code-expired': codeExpired,
  'code-cut': codeCut,
  'code-refused': codeRefused,
  // Consent and sign-in.
  'interaction-required': interactionRequired,
  'sign-in-required': signInRequired,
  'consent-required': consentRequired,
  'account-not-ready': accountNotReady,
  'consent-refused': consentRefused,
  'organization-policy': organizationPolicy,
  // Authorization request.
  'response-type-refused': responseTypeRefused,
  'parameter-refused': parameterRefused,
  'pushed-request-required': pushedRequestRequired,
  'resource-refused': resourceRefused,
  'proof-required': proofRequired,
  // Device grant.
  'device-grant-off': deviceGrantOff,
  'device-code-expired': deviceCodeExpired,
  'device-polled-too-fast': devicePolledTooFast,
}
