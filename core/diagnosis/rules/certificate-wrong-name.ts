// A certificate for another name than the one that was asked.
import { editService } from '../rule/actions.ts'
import { networkEvidence, networkFailure } from '../rule/network.ts'
import type { Rule } from '../rule/rule.ts'

export const certificateWrongName: Rule = (events, context) => {
  const found = networkFailure(events, ['ERR_TLS_CERT_ALTNAME_INVALID'])
  if (found === undefined) return null
  return {
    weight: 'cause',
    title: `The certificate is not for ${found.failure.host}.`,
    explanation: 'The server has another name, or another server answers in its place.',
    evidence: networkEvidence(found),
    remedy: 'Use the name that the certificate is for, or ask the server’s operator to add this one to it.',
    actions: editService(context),
    specification: { name: 'RFC 9525', section: '6', url: 'https://www.rfc-editor.org/rfc/rfc9525#section-6' },
  }
}
