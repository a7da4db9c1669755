// The host has no address: a spelling mistake, or a name that only another network knows.
import { editService, openProxySettings, repeat } from '../rule/actions.ts'
import { networkEvidence, networkFailure, withoutItsProxy } from '../rule/network.ts'
import type { Rule } from '../rule/rule.ts'

export const nameUnknown: Rule = (events, context) => {
  const found = networkFailure(events, ['ENOTFOUND'])
  if (found === undefined || withoutItsProxy(events, context)) return null
  return {
    weight: 'cause',
    title: `There is no host named ${found.failure.host}.`,
    explanation: 'The name was looked up and has no address (DNS).',
    evidence: networkEvidence(found),
    remedy:
      'Check the name for a spelling mistake. If only your company’s network or its proxy knows it, connect there or set the proxy.',
    actions: [...editService(context), ...openProxySettings(context), ...repeat(context)],
    specification: null,
  }
}
