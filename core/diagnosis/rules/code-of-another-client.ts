// The code was given to another client than the one that used it.
import { editClient, reconnect } from '../rule/actions.ts'
import { askedIn } from '../rule/authorization.ts'
import { sentClient } from '../rule/client.ts'
import { refusedCode } from '../rule/code.ts'
import { evidence } from '../rule/facts.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const codeOfAnotherClient: Rule = (events, context) => {
  const refused = refusedCode(events)
  if (refused === null) return null
  const asked = askedIn(events)
  const first = asked?.parameter('client_id') ?? null
  const second = sentClient(refused.exchange.request).clientId
  const isOther = first !== null && second !== null && first !== second
  if (!isOther && refused.refusal.detail !== 'code_of_another_client') return null
  return {
    weight: 'cause',
    title: 'The code was issued to another client.',
    explanation: 'Only the client that sent the browser to the authorization endpoint may use the code.',
    evidence: [
      ...(first === null ? [] : [evidence(asked?.event ?? null, 'client_id', first)]),
      ...(second === null ? [] : [evidence(refused.exchange, 'client_id', second)]),
      ...refusalEvidence(refused.refusal),
    ],
    remedy: 'Connect again with one client for both requests.',
    actions: [...reconnect(context), ...editClient(context)],
    specification: rfc(6749, '4.1.3'),
  }
}
