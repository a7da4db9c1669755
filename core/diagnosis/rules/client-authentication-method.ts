// The client authenticated by a method that the server does not take.
import { editClient, reconnect } from '../rule/actions.ts'
import { methodWords } from '../rule/client.ts'
import { evidence } from '../rule/facts.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import { namedMethods, refusedClient } from '../rule/refused-client.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const clientAuthenticationMethod: Rule = (events, context) => {
  const refused = refusedClient(events)
  if (refused === null) return null
  const { refusal, event, sent } = refused
  if (sent.method === 'none' || sent.method === 'assertion') return null
  if (refusal.detail !== undefined && refusal.detail !== 'method_refused') return null
  const named = namedMethods(events, refused, context)
  const methods = named?.methods.filter((method) => method !== 'none') ?? []
  const isNamed = methods.some((method) => method === sent.method || method.replace('-raw', '') === sent.method)
  if (refusal.detail === undefined && (methods.length === 0 || isNamed)) return null
  const other = methods.find((method) => method.replace('-raw', '') !== sent.method)
  const better = other ?? (sent.method === 'body' ? 'basic' : 'body')
  return {
    weight: refusal.detail !== undefined || named?.event ? 'cause' : 'likely',
    title: 'The client authenticated in a way that the server does not take.',
    explanation: `It sent ${methodWords[sent.method]}.`,
    evidence: [
      evidence(event, 'client authentication', sent.method),
      ...(named === null ? [] : [evidence(named.event, named.name, named.value)]),
      ...refusalEvidence(refusal),
    ],
    remedy: `Connect again with ${methodWords[better]}.`,
    actions: [...reconnect(context, { clientAuthentication: better }), ...editClient(context)],
    specification: rfc(6749, '2.3.1'),
  }
}
