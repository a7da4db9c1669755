// The token lacks a scope that the request needs.
import { type ConnectionView, missingScopes } from '../../../contract/connection.ts'
import type { Evidence } from '../../../contract/flow/diagnosis.ts'
import { reconnect, stepUp } from '../rule/actions.ts'
import { apiEvidence, apiRefusal, expiredFor, knownThen } from '../rule/api.ts'
import { bearerParameter } from '../rule/challenge.ts'
import { evidence } from '../rule/facts.ts'
import type { Rule } from '../rule/rule.ts'
import { rfc } from '../rule/specification.ts'

export const apiScopeMissing: Rule = (events, context) => {
  const refusal = apiRefusal(events, 401, 403)
  if (refusal === undefined) return null
  // What the API says of a token's scopes it says of one that it knows.
  const isSaid = refusal.error === 'insufficient_scope'
  if (!isSaid && expiredFor(refusal, context) !== null) return null
  const scopes = knownThen(refusal, context)?.scopes ?? null
  const held = heldScopes(scopes)
  const named = scopesIn(bearerParameter(refusal.response, 'scope') ?? '')
  const needed = named.filter((scope) => !held.includes(scope))
  if (!isSaid && (refusal.status === 401 || needed.length === 0)) return null
  // Without a name, what was asked for and not granted is what may be missing.
  const missing = named.length > 0 || scopes === null ? needed : missingScopes(scopes)
  return {
    weight: 'cause',
    title: missing.length > 0 ? `The token lacks ${missing.join(' ')}.` : 'The token lacks a scope for this request.',
    explanation:
      needed.length > 0
        ? 'The API names what it needs, and the token was not granted it.'
        : missing.length > 0
          ? 'The API does not say which; this was asked for and not granted.'
          : 'The API names none that the token does not hold already.',
    evidence: [...withMark(apiEvidence(refusal), named), ...(held.length > 0 ? [heldEvidence(held)] : [])],
    remedy:
      missing.length > 0
        ? 'Connect again with it besides what the connection has; the request is then sent again.'
        : 'Connect again with the scope that the service’s documentation names for this request.',
    actions: missing.length > 0 ? stepUp(context, missing) : reconnect(context),
    specification: rfc(6750, '3.1'),
  }
}

/** What no scope can be is left out, and what no person would read. @see RFC 6749 §3.3 */
function scopesIn(text: string): string[] {
  return text
    .split(' ')
    .filter((scope) => /^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/.test(scope))
    .slice(0, 30)
}

function heldScopes(scopes: ConnectionView['scopes'] | null): string[] {
  if (scopes === null) return []
  return [...new Set([...(scopes.granted ?? scopes.requested), ...(scopes.reported ?? [])])]
}

function heldEvidence(held: string[]): Evidence {
  return evidence(null, 'scopes held', held.join(' '))
}

/** Marks the scopes in the challenge. */
function withMark(all: ReturnType<typeof apiEvidence>, named: string[]): Evidence[] {
  const text = named.join(' ')
  return all.map((one) => {
    const start = one.name === 'www-authenticate' && text !== '' ? one.value.indexOf(text) : -1
    return start === -1 ? one : { ...one, marked: [start, start + text.length] }
  })
}
