// Every diagnosis rule by its name. Where several say something, the weight decides, then the order here: what is more
// particular stands before what is more general.
import { apiRules } from './api-rules.ts'
import { authorizationRules } from './authorization-rules.ts'
import { identityRules } from './identity-rules.ts'
import { networkRules } from './network-rules.ts'
import type { Rule } from './rule/rule.ts'
import { clockSkew } from './rules/clock-skew.ts'
import { tokenRules } from './token-rules.ts'

export const rules: Record<string, Rule> = {
  ...authorizationRules,
  ...tokenRules,
  ...identityRules,
  ...networkRules,
  ...apiRules,
  // Of any flow.
  'clock-skew': clockSkew,
}
