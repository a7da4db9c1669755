// The pushed authorization request: sends the parameters of an authorization request to the server beforehand, so that the
// browser carries a reference to them only. @see https://www.rfc-editor.org/rfc/rfc9126
import * as oauth from 'oauth4webapi'
import { isObject } from '../json-path.ts'
import { clientAuthentication } from './client-authentication.ts'
import { readFirstAnswer } from './first-answer.ts'
import { asProblems } from './library-problems.ts'
import { parties, requestOptions, type TokenEndpoint } from './token-endpoint.ts'

/** Returns the `request_uri` for the browser. Throws Problem. @see https://www.rfc-editor.org/rfc/rfc9126#section-2 */
export async function pushAuthorizationRequest(
  at: TokenEndpoint,
  { endpoint, parameters, redirectUri }: { endpoint: string; parameters: URLSearchParams; redirectUri: string },
): Promise<string> {
  const { as, client } = parties(at)
  const server = { ...as, pushed_authorization_request_endpoint: endpoint }
  const response = await asProblems(() =>
    oauth.pushedAuthorizationRequest(server, client, clientAuthentication(at.client), parameters, requestOptions(at)),
  )
  const { body, unusable } = await readFirstAnswer(at, response, {
    what: 'the pushed authorization request',
    redirectUri,
  })
  const requestUri = isObject(body) ? body.request_uri : null
  if (typeof requestUri === 'string' && requestUri !== '' && requestUri.length <= 4000) return requestUri
  throw unusable('The answer to the pushed authorization request holds no request_uri.')
}
