// There is no way to the host's network.
import { repeat } from '../rule/actions.ts'
import { networkEvidence, networkFailure, withoutItsProxy } from '../rule/network.ts'
import type { Rule } from '../rule/rule.ts'

export const networkUnreachable: Rule = (events, context) => {
  const found = networkFailure(events, ['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL', 'EHOSTDOWN'])
  if (found === undefined || withoutItsProxy(events, context)) return null
  return {
    weight: 'cause',
    title: `This machine has no way to ${found.failure.host}.`,
    explanation: 'The network is down, or the host’s network is only reached another way, such as a VPN.',
    evidence: networkEvidence(found),
    remedy: 'Check the network connection and the VPN, then try again.',
    actions: repeat(context),
    specification: null,
  }
}
