// The granted scopes were read as one, because the answer separates them otherwise than the description says.
import { editService } from '../rule/actions.ts'
import { evidence, lastCheck } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const scopeAnswerSeparator: Rule = (events, context) => {
  const check = lastCheck(events, 'scope')
  if (!check || !Array.isArray(check.found)) return null
  const expected = Array.isArray(check.expected) ? check.expected : []
  const joined = check.found.find((one) => one.includes(',') && one.split(',').some((part) => expected.includes(part)))
  if (joined === undefined) return null
  const comma = joined.indexOf(',')
  return {
    weight: 'odd',
    title: 'The granted scopes were read as one.',
    explanation: 'The server answers with commas between them; the description says blanks.',
    evidence: [evidence(check, 'scope', joined, [comma, comma + 1])],
    remedy: 'Set the separator of granted scopes to a comma in the service’s description (responseSeparator).',
    actions: editService(context),
    specification: rfc(6749, '3.3'),
  }
}
