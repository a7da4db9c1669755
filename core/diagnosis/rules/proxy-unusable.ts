// The setting for the proxy cannot be read.
import { proxyFinding } from '../rule/proxy.ts'
import type { Rule } from '../rule/rule.ts'

export const proxyUnusable: Rule = (events, context) =>
  proxyFinding(
    events,
    context,
    'unusable',
    'Nothing was sent: without knowing the proxy, the request could have gone past it.',
  )
