// The authorization code grant. @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1
import { exchangeCode } from '../../oauth/token-endpoint.ts'
import { extrasOf } from '../grant-answers.ts'
import { visitAuthorizationEndpoint } from './browser-visit.ts'
import { clientOf, tokenEndpoint, type Way } from './way.ts'

export const byAuthorizationCode: Way = async (undertaking, stage) => {
  const { answer, codeVerifier, redirectUri } = await visitAuthorizationEndpoint(undertaking, stage)
  stage.show({ state: 'exchanging', ...undertaking.common })
  const at = tokenEndpoint(undertaking, 'Exchange the code for tokens')
  const { grant, input } = undertaking
  const extras = extrasOf(grant, input)
  const { pkce } = clientOf(undertaking).record
  return { answer: await exchangeCode(at, { code: answer.code, codeVerifier, redirectUri, pkce, ...extras }) }
}
