// The server wants a client secret, and none was sent.
import { openRegistration, replaceSecret } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import { namedMethods, refusedClient } from '../rule/refused-client.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const clientSecretMissing: Rule = (events, context) => {
  const refused = refusedClient(events)
  if (refused === null) return null
  const { refusal, event, sent } = refused
  const isTold = refusal.detail === 'secret_missing'
  if (!isTold && (refusal.detail !== undefined || sent.method !== 'none')) return null
  const named = namedMethods(events, refused, context)
  if (!isTold && named?.methods.includes('none')) return null
  const method = named === null ? [] : [evidence(named.event, named.name, named.value)]
  return {
    weight: isTold || named?.event ? 'cause' : 'likely',
    title: 'The server wants a client secret, and none was sent.',
    explanation: 'To the server this is a confidential client, which has to authenticate with every token request.',
    evidence: [evidence(event, 'client authentication', sent.method), ...method, ...refusalEvidence(refusal)],
    remedy: 'Enter the client secret, or register the client as a public one at the service.',
    actions: [...replaceSecret(context), ...openRegistration(context)],
    specification: rfc(6749, '3.2.1'),
  }
}
