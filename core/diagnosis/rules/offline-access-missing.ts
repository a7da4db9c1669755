// No refresh token came, because the scope for it was not asked for.
import { reconnect } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { noRefreshToken } from '../rule/no-refresh-token.ts'
import type { Rule } from '../rule/rule.ts'
import { askedScopes } from '../rule/scopes.ts'
import { openIdCore } from '../rule/specification.ts'

export const offlineAccessMissing: Rule = (events, context) => {
  const found = noRefreshToken(events, context)
  if (found?.why.kind !== 'scope') return null
  const { scope } = found.why
  const asked = askedScopes(events, context.service)
  return {
    weight: 'odd',
    title: `No refresh token came: ${scope} was not asked for.`,
    explanation: 'This server gives one only for that scope, so this connection ends with its access token.',
    evidence: [
      asked === null ? evidence(found.asked, 'scope', '') : evidence(asked.event, 'scope', asked.text),
      evidence(found.check, 'refresh_token', 'none'),
    ],
    remedy: `Connect again with ${scope} besides.`,
    actions: reconnect(context, { addScopes: [scope] }),
    specification: openIdCore('11', 'OfflineAccess'),
  }
}
