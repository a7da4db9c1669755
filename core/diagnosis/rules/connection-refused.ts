// The machine answers, and no program listens at the port.
import { editService, repeat } from '../rule/actions.ts'
import { networkEvidence, networkFailure, withoutItsProxy } from '../rule/network.ts'
import type { Rule } from '../rule/rule.ts'

export const connectionRefused: Rule = (events, context) => {
  const found = networkFailure(events, ['ECONNREFUSED'])
  if (found === undefined || withoutItsProxy(events, context)) return null
  return {
    weight: 'cause',
    title: `No program listens at ${found.failure.host}.`,
    explanation: 'The machine was reached and refused the connection.',
    evidence: networkEvidence(found),
    remedy: 'Start the server, or check the host and the port in the service’s description.',
    actions: [...repeat(context), ...editService(context)],
    specification: null,
  }
}
