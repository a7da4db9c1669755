// Client authentication at the token endpoint, as oauth4webapi's client authentication functions.
import * as oauth from 'oauth4webapi'
import type { ClientAuthentication } from '../../contract/service.ts'
import { credentialEncode } from '../flows/secret-pattern.ts'
import { invalid } from '../problem.ts'
import type { Secret } from '../secret.ts'

export interface ClientCredentials {
  clientId: string
  clientSecret: Secret | null
  authentication: ClientAuthentication
  /** The methods that the service is known to accept. */
  allowed: ClientAuthentication[]
  /** The method in the service's description for this grant. */
  documented?: ClientAuthentication
}

/**
 * The function that authenticates a request of this client. Throws `invalid_input` if the method needs a secret.
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
 */
export function clientAuthentication({ clientId, clientSecret, authentication }: ClientCredentials): oauth.ClientAuth {
  if (clientId === '') throw invalid('clientId', 'The client id is missing.')
  if (authentication === 'none') return oauth.None()
  const secret = clientSecret?.reveal() ?? ''
  if (secret === '') {
    throw invalid(
      'clientSecret',
      'This client authentication method needs a client secret, and none is stored.',
      'Enter the client secret, or choose "none" for a public client.',
    )
  }
  switch (authentication) {
    case 'body':
      return oauth.ClientSecretPost(secret)
    case 'basic':
      // Not ClientSecretBasic, which also encodes "-", "_" and ".", and a blank as "+": servers that do not decode, or decode
      // percents alone, refuse those.
      return basic(credentialEncode(clientId), credentialEncode(secret))
    case 'basic-raw':
      return basic(clientId, secret)
  }
}

/**
 * Other methods to try after this client was refused, the likeliest first: the one in the server's challenge or the grant's
 * description, then those the service accepts, then the other encoding of Basic.
 */
export function otherMethods(client: ClientCredentials, challenge: string | null): ClientAuthentication[] {
  const { authentication, allowed, documented, clientSecret } = client
  const asksForBasic = /^basic\b/i.test(challenge ?? '') || documented?.startsWith('basic')
  const order: ClientAuthentication[] = asksForBasic ? ['basic', 'basic-raw', 'body'] : ['body', 'basic', 'basic-raw']
  // If the service names its methods, only try those, but always the other encoding of Basic.
  const isBasic = allowed.includes('basic') || allowed.includes('basic-raw')
  const taken = (method: ClientAuthentication) =>
    allowed.length === 0 || allowed.includes(method) || (isBasic && method.startsWith('basic'))
  return clientSecret === null ? [] : order.filter((method) => method !== authentication && taken(method))
}

function basic(user: string, password: string): oauth.ClientAuth {
  const credentials = Buffer.from(`${user}:${password}`, 'utf8').toString('base64')
  return (_as, _client, _body, headers) => headers.set('authorization', `Basic ${credentials}`)
}
