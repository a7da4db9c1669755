// The names of client authentication methods on screen, for forms, facts and failures alike.
import type { ClientAuthentication } from './service.ts'

export const clientAuthenticationWords: Record<ClientAuthentication, string> = {
  body: 'In the request body (client_secret_post)',
  basic: 'HTTP Basic (client_secret_basic)',
  'basic-raw': 'HTTP Basic, not form-encoded',
  none: 'None (a public client)',
}
