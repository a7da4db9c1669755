// A token or key that the service issued and the person entered: no request to an authorization server.
import type { ConnectInput } from '../../../contract/attempt.ts'
import type { Grant } from '../../../contract/service.ts'
import { jwtLifetime } from '../../oauth/token-lifetime.ts'
import { invalid } from '../../problem.ts'
import { Secret } from '../../secret.ts'
import type { GrantHandler } from './grant-handler.ts'

/** Throws `invalid_input` for a token that is missing, cannot be sent, or has expired. `now` in ms. */
export function checkToken(token: ConnectInput['token'], grant: Grant, now: number): void {
  if (!token) throw invalid('token', 'The token is missing.', grant.steps || undefined)
  if (!/^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/.test(token.value)) {
    throw invalid('token.value', 'This is no token: it holds a line break or a character that headers cannot carry.')
  }
  if (typeof token.expiresAt === 'number' && token.expiresAt <= now) {
    throw invalid('token.expiresAt', 'This token has ended already.', 'Make a new one at the service.')
  }
}

export const byHand: GrantHandler = async ({ token, grant, recording, common }, reporter) => {
  if (!token) throw invalid('token', 'The token is missing.')
  const value = token.value.reveal()
  recording.hide(token.value, 'access_token')
  recording.add({ kind: 'token_handed_over', grant: grant.name })
  reporter.show({ state: 'exchanging', ...common })
  const expiresIn =
    token.expiresAt === undefined
      ? (jwtLifetime(value, reporter.clock.now()) ?? grant.tokenLifetime ?? null)
      : token.expiresAt === null
        ? null
        : Math.max(1, Math.round((token.expiresAt - reporter.clock.now()) / 1000))
  return {
    answer: {
      ...{ accessToken: new Secret(value), refreshToken: null, tokenType: 'Bearer', expiresIn, scopes: null },
      ...{ refreshTokenExpiresIn: null, place: null, others: [], kept: {} },
    },
  }
}
