// The system's browser could not be opened, and nothing came back.

import { reconnect } from '../rule/actions.ts'
import { evidence, lastOf } from '../rule/facts.ts'
import { neverCameBack } from '../rule/redirect-uris.ts'
import type { Rule } from '../rule/rule.ts'

export const browserNotOpened: Rule = (events, context) => {
  const asked = lastOf(events, 'authorization_request')
  if (asked?.opened !== 'failed' || !neverCameBack(events)) return null
  return {
    weight: 'cause',
    title: 'The browser could not be opened.',
    explanation: 'Without it nobody could sign in and consent.',
    evidence: [evidence(asked, 'endpoint', asked.endpoint)],
    remedy: 'Connect again and open the address by hand, in any browser on this machine.',
    actions: reconnect(context),
    specification: null,
  }
}
