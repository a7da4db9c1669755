// The token endpoint answers with a page for people: a login page, a proxy's, or that of a wrong address.
import { answerEvidence, evidence, headerOf, hostOf, lastTokenExchange, mediaType } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

const pageTypes = ['text/html', 'application/xhtml+xml']

/** Whether the status tells more than that a page came with it. */
function saysItself(status: number): boolean {
  return [404, 405, 407, 410, 415, 429].includes(status) || status >= 500
}

export const tokenEndpointHtml: Rule = (events, { service }) => {
  const exchange = lastTokenExchange(events)
  if (!exchange?.response || exchange.failure !== null) return null
  if (saysItself(exchange.response.status) || !pageTypes.includes(mediaType(exchange.response))) return null
  const host = hostOf(exchange.request.url)
  return {
    weight: 'cause',
    title: 'The token endpoint answered with a web page.',
    explanation: `A token endpoint answers in JSON. What answered at ${host} may be a login page, a proxy or a captive portal, or the address may be wrong.`,
    evidence: [
      evidence(exchange, 'url', exchange.request.url),
      ...answerEvidence(exchange),
      evidence(exchange, 'content-type', headerOf(exchange.response, 'content-type') ?? ''),
    ],
    remedy:
      'Open the address in a browser to see the page. If it is the service’s, check the token endpoint in the description.',
    actions: [
      ...(service === null ? [] : [{ action: 'edit_service' as const, serviceId: service.id }]),
      { action: 'proxy_settings' },
      { action: 'repeat' },
    ],
    specification: rfc(6749, '5.1'),
  }
}
