// Translates an authorization request for the engine: into what it understands, or what it is sure to refuse.
import { createHash } from 'node:crypto'
import type { ServiceProfile } from './profile.ts'
import { ANY_SCOPE, REFUSED_SCOPE } from './provider-configuration.ts'
import type { Quirks } from './quirks.ts'

/** A challenge method that the engine does not know. */
const REFUSED_METHOD = 'refused'

/** The scope to pass to the provider instead of the requested one. */
export function translateScope(asked: string | null, profile: ServiceProfile): string {
  if (profile.scopes === null) return ANY_SCOPE
  const wanted = (asked ?? '').split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return profile.defaultScope
  return wanted.every((scope) => profile.scopes?.includes(scope)) ? wanted.join(' ') : REFUSED_SCOPE
}

/**
 * Turns a plain challenge into the S256 one for the same verifier, because the engine only knows S256, and invalidates a
 * challenge that the service refuses.
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
