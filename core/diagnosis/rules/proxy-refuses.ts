// The proxy does not connect to this host.
import { proxyFinding } from '../rule/proxy.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const proxyRefuses: Rule = (events, context) =>
  proxyFinding(
    events,
    context,
    'refused',
    'The proxy’s own rules decide which hosts it connects to (CONNECT).',
    rfc(9110, '9.3.6'),
  )
