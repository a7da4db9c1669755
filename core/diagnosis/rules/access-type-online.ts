// No refresh token came, because access_type asked for none.
import { reconnect } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { noRefreshToken } from '../rule/no-refresh-token.ts'
import type { Rule } from '../rule/rule.ts'

export const accessTypeOnline: Rule = (events, context) => {
  const found = noRefreshToken(events, context)
  if (found?.why.kind !== 'access_type') return null
  return {
    weight: 'odd',
    title: `No refresh token came: access_type was ${found.why.accessType}.`,
    explanation: 'Servers that know access_type give a refresh token for “offline” alone.',
    evidence: [
      evidence(found.asked, 'access_type', found.why.accessType),
      evidence(found.check, 'refresh_token', 'none'),
    ],
    remedy: 'Connect again with access_type=offline and prompt=consent.',
    actions: reconnect(context, { parameters: { access_type: 'offline', prompt: 'consent' } }),
    specification: null,
  }
}
