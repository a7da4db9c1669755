// The server refused the client, and neither its answer nor what is known here tells what of it.
import { editClient, reconnect, replaceSecret } from '../rule/actions.ts'
import { methodWords } from '../rule/client.ts'
import { evidence } from '../rule/facts.ts'
import { refusalEvidence } from '../rule/refusal.ts'
import { refusedClient } from '../rule/refused-client.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const clientRefused: Rule = (events, context) => {
  const refused = refusedClient(events)
  if (refused === null || refused.refusal.detail !== undefined) return null
  const { refusal, event, sent } = refused
  const { failure } = context.flow
  const [other] = (failure?.kind === 'refused' ? failure.tryAuthentication : undefined) ?? []
  return {
    weight: 'likely',
    title: 'The server did not accept the client.',
    explanation:
      'The client id or the client secret is wrong, or the server wants another client authentication method.',
    evidence: [evidence(event, 'client authentication', sent.method), ...refusalEvidence(refusal)],
    remedy:
      other === undefined
        ? 'Compare the client id and the client secret with those at the service.'
        : `Compare the client id and the client secret with those at the service, or try ${methodWords[other]}.`,
    actions: [
      ...(sent.secret === null ? [] : replaceSecret(context)),
      ...(other === undefined ? [] : reconnect(context, { clientAuthentication: other })),
      ...editClient(context),
    ],
    specification: rfc(6749, '5.2'),
  }
}
