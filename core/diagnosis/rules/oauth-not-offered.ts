// This installation of the service has no OAuth at all, such as a free edition.
import { editService, reconnect } from '../rule/actions.ts'
import { answerEvidence, evidence, exchangesFor, failedCheck } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'

export const oauthNotOffered: Rule = (events, context) => {
  const check = failedCheck(events, 'availability')
  if (!check) return null
  const { service } = context
  const exchange = exchangesFor(events, 'availability').at(-1)
  const instead = service?.grants.find(({ id }) => id === service.availability?.instead)
  return {
    weight: 'cause',
    title: 'This installation of the service has no OAuth.',
    explanation: service?.availability?.words ?? 'Its authorization endpoint does not exist.',
    evidence: exchange
      ? [evidence(exchange, 'url', exchange.request.url), ...answerEvidence(exchange)]
      : [evidence(check, 'status', String(check.found ?? ''))],
    remedy: instead
      ? `Connect with “${instead.name}” here, or check the base URL.`
      : 'Check the base URL, or ask whoever operates it.',
    actions: [...(instead ? reconnect(context, { grantId: instead.id }) : []), ...editService(context)],
    specification: null,
  }
}
