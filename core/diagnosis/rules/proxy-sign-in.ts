// The proxy wants a user name and a password, or others than it was given.
import { proxyFinding } from '../rule/proxy.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const proxySignIn: Rule = (events, context) =>
  proxyFinding(
    events,
    context,
    'sign_in',
    'The proxy answered in the server’s place, and let nothing through.',
    rfc(9110, '15.5.8'),
  )
