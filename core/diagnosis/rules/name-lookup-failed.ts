// No name could be looked up: mostly there is no network.
import { repeat } from '../rule/actions.ts'
import { networkEvidence, networkFailure, withoutItsProxy } from '../rule/network.ts'
import type { Rule } from '../rule/rule.ts'

export const nameLookupFailed: Rule = (events, context) => {
  const found = networkFailure(events, ['EAI_AGAIN', 'EAI_FAIL', 'ESERVFAIL'])
  if (found === undefined || withoutItsProxy(events, context)) return null
  return {
    weight: 'cause',
    title: `The name ${found.failure.host} could not be looked up.`,
    explanation: 'No name server answered: this machine is probably offline. That says nothing about the service.',
    evidence: networkEvidence(found),
    remedy: 'Check the network connection, then try again.',
    actions: repeat(context),
    specification: null,
  }
}
