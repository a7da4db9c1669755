// The two sides have no version or cipher of TLS in common.
import { networkEvidence, networkFailure } from '../rule/network.ts'
import type { Rule } from '../rule/rule.ts'

const codes =
  /UNSUPPORTED_PROTOCOL|ALERT_PROTOCOL_VERSION|NO_SHARED_CIPHER|NO_CIPHERS|DH_KEY_TOO_SMALL|INSUFFICIENT_SECURITY/

export const tlsTooOld: Rule = (events) => {
  const found = networkFailure(events, (code) => codes.test(code))
  if (found === undefined) return null
  return {
    weight: 'cause',
    title: `${found.failure.host} speaks a version of TLS that is not accepted.`,
    explanation: 'One of the two sides is too old for the other: TLS before 1.2 is not spoken here.',
    evidence: networkEvidence(found),
    remedy: 'Ask the server’s operator for TLS 1.2 or 1.3, or look for a device on the way that opens the traffic.',
    actions: [],
    specification: { name: 'RFC 8996', section: '1', url: 'https://www.rfc-editor.org/rfc/rfc8996#section-1' },
  }
}
