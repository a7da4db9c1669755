// The ID token is by another issuer than the description names.
import { editService } from '../rule/actions.ts'
import { difference, evidence } from '../rule/facts.ts'
import { failedFirst, weightIn } from '../rule/id-token.ts'
import type { Rule } from '../rule/rule.ts'
import { openIdCore } from '../rule/specification.ts'

export const idTokenIssuer: Rule = (events, context) => {
  const check = failedFirst(events, 'id_token_issuer')
  if (check === null || isTemplate(check.expected)) return null
  const [expected, found] = [String(check.expected ?? ''), String(check.found ?? '')]
  const parts = difference(expected, found)
  const isSlash = `${expected}/` === found || expected === `${found}/`
  return {
    weight: weightIn(context),
    title: isSlash ? 'The issuer differs by the slash at its end.' : 'The ID token is by another issuer.',
    explanation: 'An issuer is compared to the character: its name decides whose keys verify the token.',
    evidence: [evidence(check, 'described', expected, parts.one), evidence(check, 'iss', found, parts.other)],
    remedy: isSlash
      ? `Write the issuer as ${found} in the service’s description.`
      : 'If the server has that name, correct the issuer in the service’s description. Otherwise do not go on.',
    actions: editService(context),
    specification: openIdCore('3.1.3.7', 'IDTokenValidation'),
  }
}

function isTemplate(issuer: unknown): boolean {
  return typeof issuer === 'string' && issuer.includes('{')
}
