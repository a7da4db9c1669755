// A certificate whose time has not come, by this machine's clock: mostly the clock is wrong.
import { repeat } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { networkEvidence, networkFailure } from '../rule/network.ts'
import type { Rule } from '../rule/rule.ts'

export const certificateNotYetValid: Rule = (events, context) => {
  const found = networkFailure(events, ['CERT_NOT_YET_VALID'])
  if (found === undefined) return null
  const { event, failure } = found
  return {
    weight: 'cause',
    title: `The certificate of ${failure.host} is not valid yet by this machine’s clock.`,
    explanation: 'A clock that is behind is the usual reason.',
    evidence: [...networkEvidence(found), evidence(event, 'our clock', new Date(event.at).toISOString())],
    remedy: 'Set this machine’s clock, then try again.',
    actions: repeat(context),
    specification: null,
  }
}
