// The certificate of the proxy itself is not accepted.
import { proxyFinding } from '../rule/proxy.ts'
import type { Rule } from '../rule/rule.ts'

export const proxyCertificate: Rule = (events, context) =>
  proxyFinding(events, context, 'bad_certificate', 'This is the certificate of the proxy, not of the service.')
