// A certificate that nobody but its owner has signed.
import { openCertificates, repeat } from '../rule/actions.ts'
import { networkEvidence, networkFailure } from '../rule/network.ts'
import type { Rule } from '../rule/rule.ts'

export const certificateSelfSigned: Rule = (events, context) => {
  const found = networkFailure(events, ['DEPTH_ZERO_SELF_SIGNED_CERT'])
  if (found === undefined) return null
  return {
    weight: 'cause',
    title: `The certificate of ${found.failure.host} is self-signed.`,
    explanation: 'Nobody vouches that it is the server’s; anybody on the way could show one.',
    evidence: networkEvidence(found),
    remedy:
      'Get the certificate from the server’s operator and add it to the service’s authorities. Grantdesk then trusts it for this service alone.',
    actions: [...openCertificates(context), ...repeat(context)],
    specification: null,
  }
}
