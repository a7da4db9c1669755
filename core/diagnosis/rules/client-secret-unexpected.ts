// The client is a public one to the server, and a client secret was sent.
import { editClient, reconnect } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import { namedMethods, refusedClient } from '../rule/refused-client.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const clientSecretUnexpected: Rule = (events, context) => {
  const refused = refusedClient(events)
  if (refused === null || refused.sent.method === 'none') return null
  const { refusal, event, sent } = refused
  const named = namedMethods(events, refused, context)
  const takesNone = named?.event && named.methods.length > 0 && named.methods.every((method) => method === 'none')
  if (refusal.detail !== 'secret_unexpected' && (refusal.detail !== undefined || !takesNone)) return null
  const method = takesNone ? [evidence(named.event, named.name, named.value)] : []
  return {
    weight: 'cause',
    title: 'A client secret was sent, and the server wants none.',
    explanation: 'To the server this is a public client, whose requests name it and prove nothing.',
    evidence: [evidence(event, 'client authentication', sent.method), ...method, ...refusalEvidence(refusal)],
    remedy: 'Connect again without client authentication, or register the client as a confidential one.',
    actions: [...reconnect(context, { clientAuthentication: 'none' }), ...editClient(context)],
    specification: rfc(6749, '2.1'),
  }
}
