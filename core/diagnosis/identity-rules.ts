// The rules about whose tokens they are, the ID token, and what a server says of itself.
import type { Rule } from './rule/rule.ts'
import { anotherAccount } from './rules/another-account.ts'
import { discoveryIncomplete } from './rules/discovery-incomplete.ts'
import { discoveryNoMetadata } from './rules/discovery-no-metadata.ts'
import { discoveryOtherIssuer } from './rules/discovery-other-issuer.ts'
import { discoveryOtherResource } from './rules/discovery-other-resource.ts'
import { idTokenAudience } from './rules/id-token-audience.ts'
import { idTokenExpired } from './rules/id-token-expired.ts'
import { idTokenIssuer } from './rules/id-token-issuer.ts'
import { idTokenNonce } from './rules/id-token-nonce.ts'
import { idTokenNotYetValid } from './rules/id-token-not-yet-valid.ts'
import { idTokenSignature } from './rules/id-token-signature.ts'
import { idTokenUnverified } from './rules/id-token-unverified.ts'
import { issuerTemplate } from './rules/issuer-template.ts'
import { userinfoSubject } from './rules/userinfo-subject.ts'

export const identityRules: Record<string, Rule> = {
  // Discovery.
  'discovery-other-issuer': discoveryOtherIssuer,
  'discovery-other-resource': discoveryOtherResource,
  'discovery-incomplete': discoveryIncomplete,
  'discovery-no-metadata': discoveryNoMetadata,
  // ID token.
  'issuer-template': issuerTemplate,
  'id-token-issuer': idTokenIssuer,
  'id-token-audience': idTokenAudience,
  'id-token-nonce': idTokenNonce,
  'id-token-expired': idTokenExpired,
  'id-token-not-yet-valid': idTokenNotYetValid,
  'id-token-signature': idTokenSignature,
  'id-token-unverified': idTokenUnverified,
  // Account.
  'userinfo-subject': userinfoSubject,
  'another-account': anotherAccount,
}
