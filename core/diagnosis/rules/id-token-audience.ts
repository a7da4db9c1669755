// The ID token is for another client.
import { editClient, reconnect } from '../rule/actions.ts'
import { evidence } from '../rule/facts.ts'
import { failedFirst, weightIn } from '../rule/id-token.ts'
import type { Rule } from '../rule/rule.ts'
import { openIdCore } from '../rule/specification.ts'

const text = (value: string | number | string[] | null) =>
  Array.isArray(value) ? value.join(' ') : String(value ?? '')

export const idTokenAudience: Rule = (events, context) => {
  const check = failedFirst(events, 'id_token_audience')
  if (check === null) return null
  const isMissing = check.reason === 'missing'
  return {
    weight: weightIn(context),
    title: isMissing ? 'The ID token does not say for whom it is.' : 'The ID token is for another client.',
    explanation: 'Whoever it was issued for could hand it on; it proves nothing to this client (aud, azp).',
    evidence: [evidence(check, 'client_id', text(check.expected)), evidence(check, 'aud', text(check.found))],
    remedy: 'Compare the client id with the one that the service shows; it has to be equal to the character.',
    actions: [...editClient(context), ...reconnect(context)],
    specification: openIdCore('3.1.3.7', 'IDTokenValidation'),
  }
}
