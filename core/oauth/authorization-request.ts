// The authorization request: PKCE and `state`, always, and the address that the browser opens.
import * as oauth from 'oauth4webapi'
import { checkedAddress } from '../flows/network.ts'
import { invalid } from '../problem.ts'
import { Secret } from '../secret.ts'

/** Ours alone: extra parameters that could turn off a protection or send the answer elsewhere are refused. */
const reserved = new Set([
  'response_type',
  'response_mode',
  'client_id',
  'redirect_uri',
  'state',
  'code_challenge',
  'code_challenge_method',
  'request',
  'request_uri',
])

/** Fresh `state` and PKCE values. @see https://www.rfc-editor.org/rfc/rfc7636#section-4 */
export async function prepareAuthorization(): Promise<{ state: Secret; codeVerifier: Secret; codeChallenge: string }> {
  const codeVerifier = oauth.generateRandomCodeVerifier()
  return {
    state: new Secret(oauth.generateRandomState()),
    codeVerifier: new Secret(codeVerifier),
    codeChallenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
  }
}

export interface AuthorizationRequest {
  endpoint: string
  clientId: string
  redirectUri: string
  scopes: string[]
  separator: ' ' | ','
  /** Extra parameters of the service's or the person's. */
  parameters: Record<string, string>
  state: Secret
  codeChallenge: string
}

/**
 * The address to open in the browser. Throws `invalid_input` for an endpoint that may not be reached and for an extra
 * parameter that is ours to set.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1
 */
export function authorizationUrl(input: AuthorizationRequest): string {
  const url = checkedAddress(input.endpoint)
  url.hash = ''
  for (const [name, value] of Object.entries(input.parameters)) {
    if (reserved.has(name.toLowerCase())) {
      throw invalid(`parameters.${name}`, `Grantdesk sets ${name} itself.`, 'Leave this parameter out.')
    }
    url.searchParams.set(name, value)
  }
  const ours: Record<string, string> = {
    response_type: 'code',
    client_id: input.clientId,
    redirect_uri: input.redirectUri,
    state: input.state.reveal(),
    code_challenge: input.codeChallenge,
    code_challenge_method: 'S256',
  }
  if (input.scopes.length > 0) ours.scope = input.scopes.join(input.separator)
  for (const [name, value] of Object.entries(ours)) url.searchParams.set(name, value)
  // Some servers take "+" in a query for a plus; a literal one is "%2B" here, so every "+" is a space.
  url.search = url.search.replaceAll('+', '%20')
  return url.href
}
