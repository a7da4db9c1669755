// The connection was there and broke before the answer was complete.
import { openCertificates, repeat } from '../rule/actions.ts'
import { networkEvidence, networkFailure } from '../rule/network.ts'
import type { Rule } from '../rule/rule.ts'

export const connectionReset: Rule = (events, context) => {
  const found = networkFailure(events, ['ECONNRESET', 'UND_ERR_SOCKET', 'EPIPE', 'ECONNABORTED'])
  if (found === undefined) return null
  const isSecure = found.event.request.url.startsWith('https:')
  return {
    weight: 'cause',
    title: `${found.failure.host} hung up before it answered.`,
    explanation: isSecure
      ? 'The server or something on the way broke the connection; a server that wants a client certificate may do so, too.'
      : 'The server or something on the way broke the connection.',
    evidence: networkEvidence(found),
    remedy: 'Try again. If it goes on, ask the service’s operator, or look for a firewall on the way.',
    actions: [...repeat(context), ...(isSecure ? openCertificates(context) : [])],
    specification: null,
  }
}
