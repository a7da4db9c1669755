// A request's second try with another token: whether one was to be had, and why not. Facts, and their sentence.
import { z } from 'zod'
import type { FailureKind } from '../failure.ts'
import { lazyObject } from '../lazy-schema.ts'
import { optionalFact } from './fact.ts'
import { outageWords } from './trouble-words.ts'

const kinds: Record<FailureKind, true> = {
  ...{ invalid_input: true, not_found: true, conflict: true, cancelled: true, cut_off: true, not_supported: true },
  ...{ vault_locked: true, vault_busy: true, vault_broken: true, wrong_passphrase: true, refused: true },
  ...{ unexpected_answer: true, network: true, timed_out: true, internal: true },
}

/** Why the refresh brought no token: the kind of its failure, and the facts of that kind. */
export const refreshFailureSchema = lazyObject(() => ({
  /** `legacy`: an earlier version stored the sentence alone. */
  kind: z.enum([...(Object.keys(kinds) as FailureKind[]), 'legacy']),
  /** The response's status. */
  status: optionalFact(z.number().int()),
  /** The authorization server's own words. @see RFC 6749 §5.2 */
  error: optionalFact(z.string()),
  errorDescription: optionalFact(z.string()),
  /** The system's code of a network failure, such as ECONNREFUSED. */
  code: optionalFact(z.string()),
  /** The sentence that an earlier version stored. */
  message: optionalFact(z.string()),
}))
export type RefreshFailure = z.infer<typeof refreshFailureSchema>

/** What a second try says besides its title. */
export function secondTryNote(failure: RefreshFailure | null): string {
  return failure === null
    ? 'The API did not take a token that should still be good. With the new one it is asked once more.'
    : `The API does not take this token, and no other was to be had: ${refreshFailureWords(failure)}`
}

function refreshFailureWords({ kind, status, error, errorDescription, code, message }: RefreshFailure): string {
  switch (kind) {
    case 'legacy':
      return message ?? 'an earlier version did not say why.'
    case 'refused': {
      const words = errorDescription === null ? error : `${errorDescription} (${error})`
      return `the authorization server refused: ${words ?? `status ${status ?? 'unknown'}`}.`
    }
    case 'unexpected_answer': {
      if (status === 429 || (status ?? 0) >= 500) return `${outageWords(status ?? 0)}.`
      return `the authorization server’s answer was of no use${status === null ? '' : ` (status ${status})`}.`
    }
    case 'network':
      return `the authorization server could not be reached${code === null ? '' : ` (${code})`}.`
    case 'timed_out':
      return 'the authorization server did not answer in time.'
    case 'cancelled':
      return 'the refresh was cancelled.'
    case 'vault_locked':
    case 'vault_busy':
    case 'vault_broken':
      return 'the vault was not open.'
    case 'invalid_input':
    case 'not_found':
    case 'conflict':
    case 'cut_off':
    case 'not_supported':
    case 'wrong_passphrase':
    case 'internal':
      return 'it could not be refreshed.'
  }
}
