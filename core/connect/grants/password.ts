// The password grant: sends the person's password to the token endpoint once and stores it nowhere.
// @see https://www.rfc-editor.org/rfc/rfc6749#section-4.3

import { tokenRequestParameters } from '../../connections/grant-answers.ts'
import { requestWithPassword } from '../../oauth/token-endpoint.ts'
import { invalid } from '../../problem.ts'
import { type GrantHandler, tokenEndpoint } from './grant-handler.ts'
import { issuerKeys, withIdToken } from './openid.ts'

export const byPassword: GrantHandler = async (attemptContext, reporter) => {
  const { grant, input, login, recording } = attemptContext
  if (!login) throw invalid('password', 'The user name and the password are missing.')
  recording.hide(login.password, 'password')
  const keys = issuerKeys(attemptContext)
  reporter.show({ state: 'exchanging', ...attemptContext.common })
  await attemptContext.writeIntent()
  const endpoint = tokenEndpoint(attemptContext, { kind: 'token_request', grantType: 'password' })
  const at = withIdToken(attemptContext, endpoint, keys)
  return { answer: await requestWithPassword(at, { ...tokenRequestParameters(grant, input), ...login }) }
}
