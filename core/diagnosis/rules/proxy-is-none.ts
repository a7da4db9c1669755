// What is taken for a proxy is something else.
import { proxyFinding } from '../rule/proxy.ts'
import type { Rule } from '../rule/rule.ts'

export const proxyIsNone: Rule = (events, context) =>
  proxyFinding(
    events,
    context,
    'not_a_proxy',
    'Something else listens there: a web server, or a proxy of another kind.',
  )
