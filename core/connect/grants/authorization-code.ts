// The authorization code grant. @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1

import { extraParameters } from '../../connections/grant-answers.ts'
import { exchangeCode } from '../../oauth/token-endpoint.ts'
import { visitAuthorizationEndpoint } from './browser-visit.ts'
import { clientOf, type GrantHandler, tokenEndpoint } from './grant-handler.ts'
import { issuerKeys, withIdToken } from './openid.ts'
import { recordPkceOutcome } from './pkce-checks.ts'

export const byAuthorizationCode: GrantHandler = async (attemptContext, reporter) => {
  const keys = issuerKeys(attemptContext)
  const { answer, codeVerifier, nonce, redirectUri } = await visitAuthorizationEndpoint(attemptContext, reporter)
  reporter.show({ state: 'exchanging', ...attemptContext.common })
  await attemptContext.writeIntent()
  const purpose = { kind: 'token_request' as const, grantType: 'authorization_code' as const }
  const at = withIdToken(attemptContext, tokenEndpoint(attemptContext, purpose, answer.parameters), keys, nonce)
  const { grant, input } = attemptContext
  const extras = extraParameters(grant, input)
  const { pkce } = clientOf(attemptContext).record
  const asked = { code: answer.code, codeVerifier, redirectUri, pkce, ...extras }
  const tokens = await recordPkceOutcome(attemptContext.recording, pkce, exchangeCode(at, asked))
  return { answer: tokens, redirected: answer.parameters }
}
