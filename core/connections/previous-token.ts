// Falls back to the previous refresh token, which is kept until the new access token has worked: a service that keeps it valid
// as long, and lost the newer one, may still accept it.
import type { Failure } from '../../contract/failure.ts'
import type { TokenAnswers } from '../oauth/token-answer.ts'
import { Problem } from '../problem.ts'
import type { TokensRecord } from '../records.ts'
import type { Secret } from '../secret.ts'

/** The server refused. */
export type Refusal = Problem & { failure: Extract<Failure, { kind: 'refused' }> }

interface Asking {
  ask(tokens: TokensRecord, which: 'refresh_token' | 'previous_refresh_token'): Promise<TokenAnswers>
  /** The previous token was refused, too: delete it, so that it is not sent again. */
  forgetPrevious(): Promise<void>
}

/** Refreshes, if necessary with the previous refresh token; also returns the tokens that were accepted. Throws Problem. */
export async function refreshWithEither(
  tokens: TokensRecord,
  { ask, forgetPrevious }: Asking,
): Promise<{ answer: TokenAnswers; used: TokensRecord }> {
  try {
    return { answer: await ask(tokens, 'refresh_token'), used: tokens }
  } catch (error) {
    const refreshToken = worthTrying(error, tokens)
    if (!refreshToken) throw error
    const used = { ...tokens, refreshToken, previousRefreshToken: null }
    try {
      return { answer: await ask(used, 'previous_refresh_token'), used }
    } catch (again) {
      if (!isRefusal(again)) throw again
      await forgetPrevious()
      throw error
    }
  }
}

/**
 * The previous refresh token, if it is safe to try: only if the server calls the newer one invalid. Sending an old one while
 * the newer one is valid may revoke both.
 * @see https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2
 */
function worthTrying(error: unknown, { previousRefreshToken }: TokensRecord): Secret | null {
  return isRefusal(error) && error.failure.reason === 'invalid_grant' ? previousRefreshToken : null
}

/** Whether the server refused, as opposed to not answering. */
export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Problem && error.failure.kind === 'refused'
}
