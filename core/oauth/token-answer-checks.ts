// Records checks of a successful token response. Decides nothing: token-endpoint.ts does.
// @see https://www.rfc-editor.org/rfc/rfc6749#section-5.1
import type { CheckFacts } from '../flows/recording.ts'
import type { Secret } from '../secret.ts'
import { isUnsendable } from './tolerance.ts'

type Check = (facts: CheckFacts) => void
type Outcome = Pick<CheckFacts, 'result' | 'reason' | 'expected' | 'found'>

export function checkTokenType({ token_type }: { token_type: unknown }, check: Check): void {
  const found = typeof token_type === 'string' ? token_type : null
  check({ which: 'token_type', expected: 'Bearer', found, ...tokenTypeOutcome(found) })
}

function tokenTypeOutcome(found: string | null): Outcome {
  if (found === null) return { result: 'unconfirmed', reason: 'not_said' }
  if (isUnsendable(found)) return { result: 'failed', reason: 'unsendable_type' }
  return found.toLowerCase() === 'bearer' ? { result: 'passed' } : { result: 'unconfirmed', reason: 'unknown_type' }
}

/** `before` is the refresh token that was sent, `isExpected` whether one should come where none was. */
export function checkAnswer(
  { refreshToken, idToken }: { refreshToken: string | undefined; idToken: unknown },
  { before, isExpected }: { before: Secret | null; isExpected: boolean },
  check: Check,
): void {
  check({
    which: 'refresh_token',
    ...(before === null ? issuedOutcome(refreshToken, isExpected) : refreshedOutcome(refreshToken, before)),
  })
  if (typeof idToken === 'string') check({ which: 'id_token', result: 'skipped', reason: 'not_used' })
}

/** In seconds; `fromToken` if only the access token itself says when it ends. */
export function checkLifetimes(
  { access, refresh, fromToken }: { access: number | null; refresh: number | null; fromToken: boolean },
  check: Check,
): void {
  check({ which: 'expires_in', ...lifetimeOutcome(access, fromToken) })
  if (refresh !== null) check({ which: 'refresh_token_expires_in', ...lifetimeOutcome(refresh, false) })
}

function lifetimeOutcome(seconds: number | null, fromToken: boolean): Outcome {
  if (seconds === null) return { result: 'unconfirmed', reason: 'not_said' }
  const found = Math.round(seconds)
  if (found <= 0) return { result: 'failed', reason: 'ended', found }
  return { result: 'passed', found, ...(fromToken ? { reason: 'token_says' as const } : {}) }
}

function issuedOutcome(refreshToken: string | undefined, isExpected: boolean): Outcome {
  const expected = isExpected ? 'issued' : null
  if (refreshToken) return { expected, found: 'issued', result: 'passed' }
  return { expected, result: isExpected ? 'unconfirmed' : 'skipped', reason: 'none_issued' }
}

/** A server may issue a new one or not. @see https://www.rfc-editor.org/rfc/rfc6749#section-6 */
function refreshedOutcome(refreshToken: string | undefined, before: Secret): Outcome {
  if (!refreshToken) return { result: 'passed', reason: 'unchanged' }
  const rotated = refreshToken !== before.reveal()
  return { found: rotated ? 'rotated' : 'repeated', result: 'passed', reason: rotated ? 'rotated' : 'unchanged' }
}
