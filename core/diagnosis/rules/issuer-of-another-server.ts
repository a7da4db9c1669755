// The authorization response names another issuer than the server that was asked: perhaps a mix-up attack.
import { evidence, failedCheck, lastOf } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const issuerOfAnotherServer: Rule = (events, { service }) => {
  const check = failedCheck(events, 'iss')
  if (check?.reason !== 'different') return null
  const asked = lastOf(events, 'authorization_request')
  return {
    weight: 'cause',
    title: 'The answer comes from another authorization server than the one that was asked.',
    explanation: 'Its code was not used: at the token endpoint it could have been handed to somebody else.',
    evidence: [
      ...(asked ? [evidence(asked, 'endpoint', asked.endpoint)] : []),
      evidence(check, 'expected iss', String(check.expected ?? '')),
      evidence(check, 'iss', String(check.found ?? '')),
    ],
    remedy:
      'If the server has a new name, correct the issuer in the service’s description. Otherwise do not connect, and tell the service.',
    actions: service === null ? [] : [{ action: 'edit_service', serviceId: service.id }],
    specification: rfc(9207, '2.4'),
  }
}
