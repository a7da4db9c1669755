// The account is not usable yet.
import { reconnect } from '../rule/actions.ts'
import { refusalEvidence, refusalIn } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'

export const accountNotReady: Rule = (events, context) => {
  const refusal = refusalIn(events)
  if (refusal?.reason !== 'account_not_ready') return null
  return {
    weight: 'cause',
    title: 'The account is not ready.',
    explanation: 'It still has something to do at the service, such as confirming an e-mail address.',
    evidence: refusalEvidence(refusal),
    remedy: 'Sign in at the service in your browser and do what it asks, then connect again.',
    actions: reconnect(context),
    specification: null,
  }
}
