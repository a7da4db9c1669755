// Where a secret rightly stands, however the application is driven: what goes to its own service, in its own field, and nowhere
// else. The few more that a driver has are its own.
import type { AllowedPlace } from './capture.ts'

const toward =
  (name: string) =>
  (path: string, kind: string, why: string): AllowedPlace => ({
    place: new RegExp(`^${name} ${path}$`),
    kind: new RegExp(`^${name} (?:${kind})$`),
    why: `${why} (${name})`,
  })

/** What the service of this name is sent when connecting by code and refreshing. */
export function sentToItsOwn(name: string): AllowedPlace[] {
  const to = toward(name)
  return [
    to('(?:GET|POST) /\\S+ header authorization', 'access token', 'the API is called with the access token'),
    to('POST /token form refresh_token', 'refresh token', 'the refresh token refreshes'),
    to('POST /(?:token|revoke|device) form client_secret', 'client secret', 'the client authenticates'),
    to('POST /token form code', 'authorization code', 'the code is exchanged'),
    to('POST /token form code_verifier', 'code verifier', 'the code verifier proves who began'),
    to('GET /authorize query state', 'state', 'the state goes to the authorization endpoint'),
  ]
}

/** What it is sent by a client with a weak secret, in the body and by HTTP Basic. */
export function sentByWeakClient(name: string): AllowedPlace[] {
  const to = toward(name)
  return [
    to(
      'POST /token form client_secret',
      'weak client secret',
      'a client with a weak secret authenticates, in the body',
    ),
    to('POST /token header authorization', 'weak client secret', 'a client with a weak secret authenticates, by Basic'),
  ]
}

/** What it is sent where tokens are revoked. */
export function sentToBeRevoked(name: string): AllowedPlace[] {
  return [toward(name)('POST /revoke form token', 'access token|refresh token', 'a token is handed in to be revoked')]
}

/** What it is sent by the other ways in. */
export function sentByOtherWays(name: string): AllowedPlace[] {
  const to = toward(name)
  return [
    to('GET /\\S+ header authorization', 'API key', 'the API is called with the key'),
    to('POST /token form password', 'password', 'the password is exchanged'),
    to('POST /token form device_code', 'device code', 'the device code is exchanged'),
  ]
}
