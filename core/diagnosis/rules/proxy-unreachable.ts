// The proxy itself cannot be reached.
import { proxyFinding } from '../rule/proxy.ts'
import type { Rule } from '../rule/rule.ts'

export const proxyUnreachable: Rule = (events, context) =>
  proxyFinding(
    events,
    context,
    'unreachable',
    'The request did not get as far as the server: it was to go through this proxy.',
  )
