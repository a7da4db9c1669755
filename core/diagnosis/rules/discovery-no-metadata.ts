// Nothing was found at any of the addresses at which metadata lies.
import { answerEvidence, evidence } from '../rule/facts.ts'
import { documentsIn } from '../rule/metadata.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const discoveryNoMetadata: Rule = (events, context) => {
  const asked = documentsIn(events, context)
  // A request that got no answer says nothing about what is there.
  const isAnswered = asked.every(({ event }) => event.response !== null)
  if (asked.length === 0 || !isAnswered || asked.some(({ metadata }) => metadata !== null)) return null
  const host = context.flow.about.host ?? 'This host'
  const isBusy = asked.some(({ event }) => (event.response?.status ?? 0) >= 500)
  return {
    weight: 'cause',
    title: `${host} publishes no metadata.`,
    explanation: 'None of the usual addresses has any (OAuth, OpenID Connect, protected resources).',
    evidence: asked.flatMap(({ event }) => [evidence(event, 'url', event.request.url), ...answerEvidence(event)]),
    remedy: isBusy
      ? 'The server has a problem of its own: try again later.'
      : 'Enter the issuer with its path, as the service’s documentation names it, or describe the service by hand.',
    actions: [],
    specification: rfc(8414, '3'),
  }
}
