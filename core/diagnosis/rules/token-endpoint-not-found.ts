// There is nothing at the address of the token endpoint.
import { editService } from '../rule/actions.ts'
import { answerEvidence, evidence } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'
import { tokenEndpointAnswer } from '../rule/token-endpoint.ts'

export const tokenEndpointNotFound: Rule = (events, context) => {
  const found = tokenEndpointAnswer(events)
  if (found === undefined || (found.status !== 404 && found.status !== 410)) return null
  const { event } = found
  const { url } = event.request
  const path = URL.parse(url)?.pathname ?? url
  const start = url.indexOf(path, url.indexOf('//') + 2)
  const slash = path.endsWith('/') ? 'without the slash at its end' : 'with a slash at its end'
  const edition = context.service?.availability ? ' An edition of the service without OAuth answers so, too.' : ''
  return {
    weight: 'cause',
    title: `There is no token endpoint at ${path}.`,
    explanation: `The host answers, and knows nothing at this path.${edition}`,
    evidence: [
      evidence(event, 'url', url, start === -1 ? null : [start, start + path.length]),
      ...answerEvidence(event),
    ],
    remedy: `Compare the path with the service’s documentation, and try it ${slash}.`,
    actions: editService(context),
    specification: rfc(6749, '3.2'),
  }
}
