// The metadata names another issuer than was asked.
import { difference, evidence, failedCheck } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const discoveryOtherIssuer: Rule = (events) => {
  const check = failedCheck(events, 'issuer')
  if (!check) return null
  const [asked, named] = [String(check.expected ?? ''), String(check.found ?? '')]
  const parts = difference(asked, named)
  return {
    weight: 'cause',
    title: named === '' ? 'The metadata names no issuer.' : 'The metadata is that of another issuer.',
    explanation: 'It was not used: codes and secrets would go to endpoints that somebody else may have named.',
    evidence: [evidence(check, 'asked', asked, parts.one), evidence(check, 'issuer', named, parts.other)],
    remedy:
      named === ''
        ? 'Describe the service by hand.'
        : `If ${named} is the server that you mean, discover it by that address. Otherwise describe the service by hand.`,
    actions: [],
    specification: rfc(8414, '3.3'),
  }
}
