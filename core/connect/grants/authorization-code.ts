// The authorization code grant. @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1

import { extrasOf } from '../../connections/grant-answers.ts'
import { exchangeCode } from '../../oauth/token-endpoint.ts'
import { visitAuthorizationEndpoint } from './browser-visit.ts'
import { clientOf, type GrantHandler, tokenEndpoint } from './grant-handler.ts'
import { tellingRefusedPkce } from './pkce-checks.ts'

export const byAuthorizationCode: GrantHandler = async (attemptContext, reporter) => {
  const { answer, codeVerifier, redirectUri } = await visitAuthorizationEndpoint(attemptContext, reporter)
  reporter.show({ state: 'exchanging', ...attemptContext.common })
  await attemptContext.writeIntent()
  const at = tokenEndpoint(attemptContext, { kind: 'token_request', grantType: 'authorization_code' })
  const { grant, input } = attemptContext
  const extras = extrasOf(grant, input)
  const { pkce } = clientOf(attemptContext).record
  const asked = { code: answer.code, codeVerifier, redirectUri, pkce, ...extras }
  const tokens = await exchangeCode(at, asked).catch(tellingRefusedPkce(attemptContext.recording, pkce))
  return { answer: tokens, redirected: answer.parameters }
}
