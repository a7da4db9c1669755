// Fewer scopes were granted than were asked for, without a word.
import { openRegistration, reconnect } from '../rule/actions.ts'
import { evidence, failedCheck } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'
import { scopeAnswerSeparator } from './scope-answer-separator.ts'

export const scopesFewer: Rule = (events, context) => {
  const check = failedCheck(events, 'scope') ?? failedCheck(events, 'reported_scope')
  if (!check || !Array.isArray(check.expected) || scopeAnswerSeparator(events, context)) return null
  const found = Array.isArray(check.found) ? check.found : []
  const missing = check.expected.filter((scope) => scope !== '*' && !found.includes(scope))
  if (missing.length === 0) return null
  const isReported = check.which === 'reported_scope'
  return {
    weight: 'odd',
    title: `${missing.join(' ')} ${missing.length === 1 ? 'was' : 'were'} not granted.`,
    explanation: isReported
      ? 'The API does not name it among what the token may do, whatever the token response said.'
      : 'The server granted less than was asked for; requests that need it are refused later.',
    evidence: [
      evidence(check, 'asked for', check.expected.join(' ')),
      evidence(check, isReported ? 'reported' : 'granted', found.join(' ')),
    ],
    remedy: 'Allow it for the client at the service, or consent to it when you connect again.',
    actions: [...openRegistration(context), ...reconnect(context)],
    specification: rfc(6749, '3.3'),
  }
}
