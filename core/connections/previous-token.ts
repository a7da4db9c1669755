// What the refresh token before the present one is still good for. It is kept until the new access token has worked; a
// service that keeps it alive as long, and lost the newer one, takes it where it refuses that one.
import type { Failure } from '../../contract/failure.ts'
import type { TokenAnswer } from '../oauth/token-endpoint.ts'
import { Problem } from '../problem.ts'
import type { TokensRecord } from '../records.ts'
import type { Secret } from '../secret.ts'

/** The server's no. */
export type Refusal = Problem & { failure: Extract<Failure, { kind: 'refused' }> }

interface Asking {
  ask(tokens: TokensRecord, which: 'refresh_token' | 'previous_refresh_token'): Promise<TokenAnswer>
  /** It was refused as well: it is of no more use, and is not shown to the server another time. */
  forgetPrevious(): Promise<void>
}

/** Refreshes, where need be with the refresh token before; answers the tokens that were accepted, too. Throws Problem. */
export async function refreshWithEither(
  tokens: TokensRecord,
  { ask, forgetPrevious }: Asking,
): Promise<{ answer: TokenAnswer; used: TokensRecord }> {
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
 * The refresh token to try once more with; `null` where there is none, or where it could do harm: only a server that
 * calls the newer one invalid has no use for that, whereas presenting an old one beside a live one may revoke both.
 * @see https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2
 */
function worthTrying(error: unknown, { previousRefreshToken }: TokensRecord): Secret | null {
  return isRefusal(error) && error.failure.error === 'invalid_grant' ? previousRefreshToken : null
}

/** Whether the server said no, rather than nothing. */
export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Problem && error.failure.kind === 'refused'
}
