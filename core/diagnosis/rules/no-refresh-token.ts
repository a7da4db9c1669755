// No refresh token came, and nothing in the request is the reason.
import { editService, openRegistration, reconnect } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { noRefreshToken as reasonFor } from '../rule/no-refresh-token.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const noRefreshToken: Rule = (events, context) => {
  const found = reasonFor(events, context)
  if (found?.why.kind !== 'described' && found?.why.kind !== 'unknown') return null
  const isDescribed = found.why.kind === 'described'
  return {
    weight: 'odd',
    title: isDescribed
      ? 'This grant brings no refresh token.'
      : 'No refresh token came, though this grant should bring one.',
    explanation: isDescribed
      ? 'So it is described; the connection ends with its access token.'
      : 'The server decides: the client may not be allowed to refresh, or a scope or parameter may be missing.',
    evidence: [
      evidence(found.check, 'refresh_token', 'none'),
      ...(found.check.expected === null ? [] : [evidence(found.check, 'expected', String(found.check.expected))]),
    ],
    remedy: isDescribed
      ? 'Connect again when it has expired, or choose another grant.'
      : 'Allow refresh tokens for the client at the service; some servers want access_type=offline.',
    actions: isDescribed
      ? []
      : [
          ...openRegistration(context),
          ...reconnect(context, { parameters: { access_type: 'offline', prompt: 'consent' } }),
          ...editService(context),
        ],
    specification: rfc(6749, '1.5'),
  }
}
