// The server would have to show a page, and was asked not to: prompt=none.
import { reconnect } from '../rule/actions.ts'
import { evidence, lastOf, pairOf } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { openIdCore } from '../rule/specification.ts'

const errors = ['interaction_required', 'login_required', 'consent_required', 'account_selection_required']

export const interactionRequired: Rule = (events, context) => {
  const redirect = lastOf(events, 'redirect')
  const asked = lastOf(events, 'authorization_request')
  if (!redirect || !asked || redirect.error === null || !errors.includes(redirect.error)) return null
  const prompt = pairOf(asked, 'prompt')
  if (prompt !== 'none') return null
  return {
    weight: 'cause',
    title: 'The server had to ask you something, and was told not to.',
    explanation: 'With prompt=none it may show no page of its own, neither to sign in nor to consent.',
    evidence: [evidence(asked, 'prompt', prompt), evidence(redirect, 'error', redirect.error)],
    remedy: 'Connect again without prompt=none.',
    actions: reconnect(context, { parameters: { prompt: '' } }),
    specification: openIdCore('3.1.2.6', 'AuthError'),
  }
}
