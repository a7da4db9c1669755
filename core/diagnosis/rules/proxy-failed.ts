// The proxy could not reach the host.
import { proxyFinding } from '../rule/proxy.ts'
import type { Rule } from '../rule/rule.ts'

export const proxyFailed: Rule = (events, context) =>
  proxyFinding(events, context, 'failed', 'The proxy answered, and could not get an answer from the server.')
