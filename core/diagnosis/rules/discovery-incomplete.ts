// The metadata lacks the endpoint without which there are no tokens.
import { memberNames } from '../../oauth/token-places.ts'
import { evidence } from '../rule/facts.ts'
import { documentsIn } from '../rule/metadata.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const discoveryIncomplete: Rule = (events, context) => {
  const found = documentsIn(events, context).filter(({ metadata }) => metadata !== null)
  const isUsable = found.some(
    ({ metadata }) => typeof metadata?.token_endpoint === 'string' || typeof metadata?.resource === 'string',
  )
  const [first] = found
  if (!first || isUsable) return null
  return {
    weight: 'cause',
    title: 'The metadata names no token endpoint.',
    explanation: 'What the host publishes there is something else, or made for sign-in without tokens.',
    evidence: [
      evidence(first.event, 'url', first.event.request.url),
      evidence(first.event, 'members', memberNames(first.metadata).join(', ')),
    ],
    remedy: 'Describe the service by hand; its documentation names the token endpoint.',
    actions: [],
    specification: rfc(8414, '2'),
  }
}
