// What OpenID Connect adds to an attempt: a nonce that the ID token has to repeat, the issuer's keys to verify it with, and, on
// reconnecting, the account that is proposed.
import type { JSONWebKeySet } from 'jose'
import { newNonce } from '../../oauth/authorization-request.ts'
import { fetchKeys } from '../../oauth/issuer-keys.ts'
import type { Extras, TokenEndpoint } from '../../oauth/token-endpoint.ts'
import { Problem } from '../../problem.ts'
import type { Secret } from '../../secret.ts'
import { expandBase } from '../../services/endpoint-values.ts'
import type { AttemptContext } from './attempt-context.ts'
import { clientOf } from './grant-handler.ts'

type Asked = Extras & { scopes: string[] }

/** The authorization request of OpenID Connect; what the description or the person sets has precedence. */
export function openidRequest(
  { service, loginHint, input }: Pick<AttemptContext, 'service' | 'loginHint' | 'input'>,
  asked: Asked,
  selectsAccount: boolean,
): Asked & { nonce: Secret | null } {
  if (!asked.scopes.includes('openid')) return { ...asked, nonce: null }
  const isReconnect = service.openid !== undefined && input.reconnect !== undefined
  const parameters = {
    ...(isReconnect && loginHint ? { login_hint: loginHint } : {}),
    ...(isReconnect && selectsAccount && service.openid?.selectAccount ? { prompt: 'select_account' } : {}),
    ...asked.parameters,
  }
  return { ...asked, parameters, nonce: newNonce() }
}

/** Whether an authorization request, pushed or not, failed because the server does not know `prompt=select_account`. */
export function isUnknownPrompt(
  error: unknown,
  { service, input, grant }: Pick<AttemptContext, 'service' | 'input' | 'grant'>,
): boolean {
  if (!(error instanceof Problem) || error.failure.kind !== 'refused') return false
  const { error: code, errorDescription } = error.failure
  const isOurs = !('prompt' in { ...grant.authorizationParameters, ...input.parameters })
  const asked = input.reconnect !== undefined && service.openid?.selectAccount === true && isOurs
  return asked && code === 'invalid_request' && /prompt/i.test(errorDescription ?? '')
}

/** Fetches the issuer's keys while the person is busy; `null` if they are not needed, not known or cannot be had. */
export function issuerKeys(attemptContext: AttemptContext): Promise<JSONWebKeySet | null> {
  const { service, input, baseUrl } = attemptContext
  const address = service.openid?.jwksUri
  if (address === undefined || !input.scopes.includes('openid')) return Promise.resolve(null)
  return fetchKeys(attemptContext, expandBase(address, baseUrl)).catch(() => null)
}

/** The token endpoint whose answer holds an ID token, if one was asked for, that is validated. */
export function withIdToken(
  attemptContext: AttemptContext,
  at: TokenEndpoint,
  keys: Promise<JSONWebKeySet | null>,
  nonce: Secret | null = null,
): TokenEndpoint {
  const { service, input } = attemptContext
  if (!input.scopes.includes('openid')) return at
  const { record, secret } = clientOf(attemptContext)
  const issuer = service.issuer?.url ?? null
  const about = { clientId: record.clientId, clientSecret: secret, nonce, subject: null }
  return { ...at, idToken: { issuer, ...about, keys, isRequired: true } }
}
