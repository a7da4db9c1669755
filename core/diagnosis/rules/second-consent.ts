// No refresh token came, because the server gives one at the first consent alone.
import { reconnect } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { noRefreshToken } from '../rule/no-refresh-token.ts'
import type { Rule } from '../rule/rule.ts'

export const secondConsent: Rule = (events, context) => {
  const found = noRefreshToken(events, context)
  if (found?.why.kind !== 'second_consent') return null
  return {
    weight: 'odd',
    title: 'No refresh token came: you had consented before.',
    explanation: 'Servers that know access_type give a refresh token with the first consent, and not again.',
    evidence: [
      evidence(found.asked, 'access_type', 'offline'),
      evidence(found.asked, 'prompt', found.why.prompt ?? ''),
      evidence(found.check, 'refresh_token', 'none'),
    ],
    remedy: 'Connect again with prompt=consent, so that you are asked again.',
    actions: reconnect(context, { parameters: { access_type: 'offline', prompt: 'consent' } }),
    specification: null,
  }
}
