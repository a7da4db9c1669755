// The token request names another redirect URI than the authorization request.
import { reconnect } from '../rule/actions.ts'
import { difference, evidence, exchangesFor, lastOf, pairOf, parameterOf } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const redirectUriChanged: Rule = (events, context) => {
  const asked = lastOf(events, 'authorization_request')
  const exchange = exchangesFor(events, 'token_request').at(-1)
  if (!asked || exchange?.outcome !== 'failed') return null
  const first = pairOf(asked, 'redirect_uri')
  const second = parameterOf(exchange.request, 'redirect_uri')
  if (first === null || second === null || first === second) return null
  const parts = difference(first, second)
  const registered = context.client === null ? [] : [evidence(null, 'registered', context.client.redirectUri)]
  return {
    weight: 'cause',
    title: 'The redirect URI changed between the two requests.',
    explanation: 'The token request has to name exactly the redirect URI of the authorization request.',
    evidence: [
      evidence(asked, 'redirect_uri', first, parts.one),
      evidence(exchange, 'redirect_uri', second, parts.other),
      ...registered,
    ],
    remedy: 'Connect again with one redirect URI for both.',
    actions: reconnect(context),
    specification: rfc(6749, '4.1.3'),
  }
}
