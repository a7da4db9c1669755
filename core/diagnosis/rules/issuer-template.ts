// The issuer in the description is a template, and the ID token has no claim that fills it in.
import { editService } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { failedFirst, weightIn } from '../rule/id-token.ts'
import type { Rule } from '../rule/rule.ts'
import { openIdCore } from '../rule/specification.ts'

export const issuerTemplate: Rule = (events, context) => {
  const check = failedFirst(events, 'id_token_issuer')
  const expected = String(check?.expected ?? '')
  const [open] = /\{[a-z]+\}/i.exec(expected) ?? []
  if (check === null || open === undefined) return null
  const start = expected.indexOf(open)
  const found = String(check.found ?? '')
  return {
    weight: weightIn(context),
    title: `Nothing in the ID token stands for ${open} in the issuer.`,
    explanation: 'The metadata is for many tenants at once; which one issued a token, its own claim says.',
    evidence: [evidence(check, 'described', expected, [start, start + open.length]), evidence(check, 'iss', found)],
    remedy: `Write the issuer of your tenant in the service’s description${found === '' ? '' : `: ${found}`}.`,
    actions: editService(context),
    specification: openIdCore('3.1.3.7', 'IDTokenValidation'),
  }
}
