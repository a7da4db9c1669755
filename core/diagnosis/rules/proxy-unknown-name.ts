// The proxy does not know the name of the host.
import { proxyFinding } from '../rule/proxy.ts'
import type { Rule } from '../rule/rule.ts'

export const proxyUnknownName: Rule = (events, context) =>
  proxyFinding(events, context, 'unknown_name', 'Behind a proxy the proxy looks up names, not this machine.')
