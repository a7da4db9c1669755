// The tokens are of a type that takes more than a header, such as a proof with each request.
import { reconnect } from '../rule/actions.ts'
import { evidence, failedCheck } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const tokenTypeUnsendable: Rule = (events, context) => {
  const check = failedCheck(events, 'token_type')
  if (check?.reason !== 'unsendable_type') return null
  const type = String(check.found ?? '')
  const isDpop = type.toLowerCase() === 'dpop'
  return {
    weight: 'cause',
    title: `The token is of the type ${type}, which Grantdesk cannot send.`,
    explanation: isDpop
      ? 'Such a token is bound to a key, and each request needs a proof made with it (DPoP).'
      : 'It sends Bearer tokens.',
    evidence: [evidence(check, 'token_type', type)],
    remedy: isDpop
      ? 'Switch DPoP off for this client at the service, then connect again.'
      : 'Register a client at the service that gets Bearer tokens.',
    actions: reconnect(context),
    specification: isDpop ? rfc(9449, '5') : rfc(6749, '7.1'),
  }
}
