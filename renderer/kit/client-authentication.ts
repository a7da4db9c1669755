// The client authentication methods as a person reads them: one set of words for forms and facts.
import type { ClientAuthentication } from '../../contract/service.ts'

export const clientAuthenticationWords: Record<ClientAuthentication, string> = {
  body: 'In the request body (client_secret_post)',
  basic: 'HTTP Basic (client_secret_basic)',
  'basic-raw': 'HTTP Basic, not form-encoded',
  none: 'None (a public client)',
}
