// A service that does not say whose a token is, as a person would describe it.
import type { ServiceDescription } from '../../contract/service.ts'

export const namelessService: ServiceDescription = {
  schema: 2,
  id: 'nameless',
  name: 'Nameless',
  base: { default: null, example: 'https://api.example' },
  endpoints: { authorization: '{base}/authorize', token: '{base}/token' },
  registration: { steps: '' },
  clientAuthentication: { allowed: ['body'], default: 'body' },
  redirect: { anyPort: 'yes' },
  grants: [
    { id: 'key', type: 'static_token', name: 'Key' },
    { id: 'machine', type: 'client_credentials', name: 'Machine', refresh: false },
  ],
  scopes: {},
}
