// What an authorization request asks for, put so that the engine understands it, or is sure to refuse it.
import { createHash } from 'node:crypto'
import type { ServiceProfile } from './profile.ts'
import { ANY_SCOPE, REFUSED_SCOPE } from './provider-configuration.ts'
import type { Quirks } from './quirks.ts'

/** No method that the engine knows. */
const REFUSED_METHOD = 'refused'

/** The scope that the provider is to see in place of the one asked for. */
export function translateScope(asked: string | null, profile: ServiceProfile): string {
  if (profile.scopes === null) return ANY_SCOPE
  const wanted = (asked ?? '').split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return profile.defaultScope
  return wanted.every((scope) => profile.scopes?.includes(scope)) ? wanted.join(' ') : REFUSED_SCOPE
}

/**
 * Turns a plain challenge into the one its verifier will meet, as the engine knows S256 alone, and spoils a challenge
 * that the service refuses.
 * @see RFC 7636 §4.2
 */
export function bendChallenge(query: URLSearchParams, quirks: Quirks): void {
  const challenge = query.get('code_challenge')
  if (challenge === null) return
  const isPlain = (query.get('code_challenge_method') ?? 'plain') === 'plain'
  if (quirks.isOn('pkce-refused') || (quirks.isOn('pkce-plain-only') && !isPlain)) {
    query.set('code_challenge_method', REFUSED_METHOD)
  } else if (isPlain) {
    query.set('code_challenge', createHash('sha256').update(challenge).digest('base64url'))
    query.set('code_challenge_method', 'S256')
  }
}
