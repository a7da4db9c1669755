// A token or key that the service made and the person handed over: nothing is asked of an authorization server.
import { invalid } from '../../problem.ts'
import { Secret } from '../../secret.ts'
import type { Way } from './way.ts'

export const byHand: Way = async ({ token, grant, recording, common }, stage) => {
  if (!token) throw invalid('token', 'The token is missing.', grant.steps || undefined)
  const value = token.value.reveal()
  if (!/^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/.test(value)) {
    throw invalid('token.value', 'This is no token: it holds a line break or a character that headers cannot carry.')
  }
  recording.hide(token.value, 'access_token')
  recording.note({
    from: 'grantdesk',
    to: 'grantdesk',
    title: 'A token was handed over',
    note: `${grant.name}: made at the service, entered by hand.`,
  })
  stage.show({ state: 'exchanging', ...common })
  const expiresIn =
    token.expiresAt === undefined
      ? (grant.tokenLifetime ?? null)
      : token.expiresAt === null
        ? null
        : Math.max(1, Math.round((token.expiresAt - stage.clock.now()) / 1000))
  return {
    answer: { accessToken: new Secret(value), refreshToken: null, tokenType: 'Bearer', expiresIn, scopes: null },
  }
}
