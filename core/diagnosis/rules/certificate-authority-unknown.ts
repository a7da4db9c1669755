// A certificate by an authority that this machine does not trust: a company's own, or that of a proxy that reads along.
import { proxyWords } from '../../../contract/flow/route.ts'
import { isUntrusted } from '../../../contract/flow/trouble-words.ts'
import { openCertificates, repeat } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { networkEvidence, networkFailure } from '../rule/network.ts'
import type { Rule } from '../rule/rule.ts'

export const certificateAuthorityUnknown: Rule = (events, context) => {
  const found = networkFailure(events, (code) => isUntrusted(code) && code !== 'DEPTH_ZERO_SELF_SIGNED_CERT')
  if (found === undefined) return null
  const { event, failure } = found
  const { host, proxy } = failure
  return {
    weight: 'cause',
    title: `The certificate of ${host} is signed by an authority that this machine does not know.`,
    explanation: proxy
      ? `It came through the proxy ${proxyWords(proxy)}, which may read encrypted traffic with a certificate of its own.`
      : 'It is your organization’s own authority, or the server leaves out the certificates between its own and a known authority.',
    evidence: [...networkEvidence(found), ...(proxy ? [evidence(event, 'proxy', proxy.address)] : [])],
    remedy: proxy
      ? 'Add the proxy’s authority to this system’s, or set NODE_EXTRA_CA_CERTS to its file.'
      : 'Add the authority’s certificate (PEM) to the service, or to this system’s authorities for all services.',
    actions: [...openCertificates(context), ...repeat(context)],
    specification: null,
  }
}
