// The tokens are another account's than the connection's were.
import { reconnect } from '../rule/actions.ts'
import { evidence, failedCheck } from '../rule/facts.ts'
import { failedFirst, weightIn } from '../rule/id-token.ts'
import type { Rule } from '../rule/rule.ts'
import { openIdCore } from '../rule/specification.ts'

export const anotherAccount: Rule = (events, context) => {
  const check = failedCheck(events, 'account') ?? failedFirst(events, 'id_token_subject')
  if (!check) return null
  const [before, now] = [String(check.expected ?? ''), String(check.found ?? '')]
  const isConnect = context.flow.kind === 'connect'
  return {
    weight: weightIn(context),
    title: now === '' ? 'Another account is signed in.' : `${now} is signed in, not ${before}.`,
    explanation: isConnect
      ? 'The browser was signed in as somebody else, and the server did not ask which account is meant.'
      : 'A token does not change hands by itself: the service may have merged or renamed accounts.',
    evidence: [evidence(check, 'before', before), evidence(check, 'now', now)],
    remedy: isConnect
      ? `Sign in at the service as ${before === '' ? 'the account before' : before}, then connect again.`
      : 'Connect again to choose whose the connection is.',
    actions: reconnect(context, context.service?.openid ? { parameters: { prompt: 'select_account' } } : {}),
    specification: openIdCore('12.2', 'RefreshTokenResponse'),
  }
}
