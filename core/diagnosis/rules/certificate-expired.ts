// A certificate whose time is over, by this machine's clock.
import { repeat } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { networkEvidence, networkFailure } from '../rule/network.ts'
import type { Rule } from '../rule/rule.ts'

export const certificateExpired: Rule = (events, context) => {
  const found = networkFailure(events, ['CERT_HAS_EXPIRED'])
  if (found === undefined) return null
  const { event, failure } = found
  return {
    weight: 'cause',
    title: `The certificate of ${failure.host} has expired.`,
    explanation: 'Either its owner has not renewed it, or this machine’s clock is ahead.',
    evidence: [...networkEvidence(found), evidence(event, 'our clock', new Date(event.at).toISOString())],
    remedy: 'If the clock shown here is right, tell the server’s operator to renew the certificate.',
    actions: repeat(context),
    specification: null,
  }
}
