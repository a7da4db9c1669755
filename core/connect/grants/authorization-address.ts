// The address that the browser is sent to: the authorization request itself, or a reference to one that was pushed first.
import { type AuthorizationRequest, authorizationUrl } from '../../oauth/authorization-request.ts'
import { pushAuthorizationRequest } from '../../oauth/pushed-authorization.ts'
import { authorizationEndpointOf, endpointOf } from '../../services/addresses.ts'
import type { AttemptContext } from './attempt-context.ts'
import { clientOf, tokenEndpoint } from './grant-handler.ts'

/** Throws Problem: there is no authorization endpoint, or the pushed request was refused. */
export async function authorizationAddress(
  attemptContext: AttemptContext,
  request: Omit<AuthorizationRequest, 'endpoint' | 'clientId' | 'separator' | 'names'>,
): Promise<string> {
  const { service, baseUrl } = attemptContext
  const { clientId } = clientOf(attemptContext).record
  const endpoint = authorizationEndpointOf(service, baseUrl)
  const { names } = service.authorizationRequest ?? {}
  const whole = authorizationUrl({ ...request, endpoint, clientId, separator: service.scopes.separator, names })
  const pushedAuthorization = endpointOf(service, 'pushedAuthorization', baseUrl)
  if (pushedAuthorization === null) return whole
  const requestUri = await pushAuthorizationRequest(tokenEndpoint(attemptContext, { kind: 'pushed_authorization' }), {
    endpoint: pushedAuthorization,
    parameters: new URL(whole).searchParams,
    redirectUri: request.redirectUri,
  })
  // What the endpoint's own address holds stays.
  const url = new URL(endpoint)
  url.searchParams.set('client_id', clientId)
  url.searchParams.set('request_uri', requestUri)
  return url.href
}
