// The metadata of an API is about another one.
import { difference, evidence, failedCheck } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const discoveryOtherResource: Rule = (events) => {
  const check = failedCheck(events, 'resource')
  if (!check) return null
  const [asked, named] = [String(check.expected ?? ''), String(check.found ?? '')]
  const parts = difference(asked, named)
  return {
    weight: 'cause',
    title: 'The metadata is about another API.',
    explanation: 'It was not used: a token for that API might be sent to somebody else.',
    evidence: [evidence(check, 'asked', asked, parts.one), evidence(check, 'resource', named, parts.other)],
    remedy: `If ${named} is the API that you mean, enter that address.`,
    actions: [],
    specification: rfc(9728, '3.3'),
  }
}
