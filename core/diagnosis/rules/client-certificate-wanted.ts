// The server ends the TLS handshake: it lets in only clients that show a certificate it knows.
import { isRefusedHandshake } from '../../../contract/flow/trouble-words.ts'
import { openCertificates, repeat } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { networkEvidence, networkFailure } from '../rule/network.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const clientCertificateWanted: Rule = (events, context) => {
  const found = networkFailure(events, (code) => isRefusedHandshake(code) || code.includes('CERTIFICATE_REQUIRED'))
  if (found === undefined) return null
  const { event, code, failure } = found
  const shown = event.route?.clientCertificate ?? null
  const isSure = code.includes('CERTIFICATE_REQUIRED') || shown !== null
  return {
    weight: isSure ? 'cause' : 'likely',
    title:
      shown === null
        ? `${failure.host} wants a client certificate.`
        : `${failure.host} does not accept the client certificate.`,
    explanation:
      shown === null
        ? 'It ended the TLS handshake, in which a client certificate could have been shown; none is stored for this service.'
        : 'It ended the TLS handshake in which the certificate was shown.',
    evidence: [...networkEvidence(found), ...(shown === null ? [] : [evidence(event, 'client certificate', shown)])],
    remedy:
      shown === null
        ? 'Add your client certificate and its key to the service.'
        : 'Check that it is for this server and has not expired, or replace it.',
    actions: [...openCertificates(context), ...repeat(context)],
    specification: rfc(8705, '2'),
  }
}
