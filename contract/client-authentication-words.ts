// The names of client authentication methods on screen, for forms, facts and failures alike, and what trying another one risks.
import type { ConnectionView } from './connection.ts'
import type { ClientAuthentication } from './service.ts'

export const clientAuthenticationWords: Record<ClientAuthentication, string> = {
  body: 'In the request body (client_secret_post)',
  basic: 'HTTP Basic (client_secret_basic)',
  'basic-raw': 'HTTP Basic, not form-encoded',
  none: 'None (a public client)',
}

/** Said before a refresh token is sent with a client authentication that may be refused. */
export const refusedAuthenticationRisk =
  'At some servers a refused client authentication ends the grant: its refresh token works no more, and you have to reconnect.'

/** Whether a refresh with another client authentication risks the grant: it sends a refresh token. */
export function risksGrant({ refreshable, grantType }: Pick<ConnectionView, 'refreshable' | 'grantType'>): boolean {
  return refreshable && grantType !== 'client_credentials'
}
