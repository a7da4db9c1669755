// The server, or the client there, has no device grant.
import { openRegistration } from '../rule/actions.ts'
import { answerEvidence, evidence, exchangesFor } from '../rule/facts.ts'
import { refusalIn } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const deviceGrantOff: Rule = (events, context) => {
  const refusal = refusalIn(events)
  const asked = exchangesFor(events, 'device_authorization').at(-1)
  const status = asked?.response?.status
  const isAbsent = asked?.outcome === 'failed' && (status === 404 || status === 405)
  if (refusal?.reason !== 'device_grant_off' && !isAbsent) return null
  const exchange = refusal?.event.kind === 'exchange' ? refusal.event : asked
  if (exchange === undefined) return null
  return {
    weight: 'cause',
    title: isAbsent
      ? 'There is no device authorization endpoint here.'
      : 'The device grant is switched off for this client.',
    explanation: 'Servers offer it for single clients or not at all.',
    evidence: [evidence(exchange, 'url', exchange.request.url), ...answerEvidence(exchange)],
    remedy:
      context.grant?.steps ||
      'Switch the device flow on for this client at the service, or connect with another grant.',
    actions: openRegistration(context),
    specification: rfc(8628, '3.1'),
  }
}
