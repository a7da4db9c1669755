// The server refused a parameter that is additional to what every authorization request has.
import { reconnect } from '../rule/actions.ts'
import { type Asked, askedIn, askedParameters } from '../rule/authorization.ts'
import { evidence } from '../rule/facts.ts'
import { refusalEvidence, refusalIn } from '../rule/refusal.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

/** What every request has, or a rule of its own is about. */
const usual = new Set([
  ...['response_type', 'client_id', 'redirect_uri', 'scope', 'state', 'nonce', 'resource', 'request_uri'],
  ...['code_challenge', 'code_challenge_method', 'client_secret', 'client_assertion', 'client_assertion_type'],
])

export const parameterRefused: Rule = (events, context) => {
  const refusal = refusalIn(events)
  const asked = askedIn(events)
  const isFirst = refusal?.by === 'authorization_endpoint' || refusal?.purpose?.kind === 'pushed_authorization'
  if (refusal === null || !asked || !isFirst || refusal.aboutPkce) return null
  if (refusal.reason !== 'invalid_request' && refusal.reason !== 'unsupported_parameter') return null
  const named = namedParameter(asked, refusal.words.errorDescription ?? '')
  if (named === null && refusal.reason !== 'unsupported_parameter') return null
  const leftOut = named === null ? {} : { parameters: { [named.name]: '' } }
  return {
    weight: 'cause',
    title:
      named === null
        ? 'The server does not support a parameter.'
        : `The server does not take the parameter ${named.name}.`,
    explanation: 'It is additional: from the service’s description, or added by you.',
    evidence: [
      ...(named === null ? [] : [evidence(asked.event, named.name, named.value)]),
      ...refusalEvidence(refusal),
    ],
    remedy:
      named === null
        ? 'Leave out additional parameters, then connect again.'
        : 'Leave it out, or correct its value, then connect again.',
    actions: reconnect(context, leftOut),
    specification: rfc(6749, '4.1.2.1'),
  }
}

/** The additional parameter that the server's words name. */
function namedParameter(asked: Asked, words: string): { name: string; value: string } | null {
  const said = new Set(words.match(/[\w.-]+/g) ?? [])
  const [name, value] = askedParameters(asked).find(([one]) => !usual.has(one) && said.has(one)) ?? []
  return name === undefined || value === undefined ? null : { name, value }
}
