// Agile Planner: its page on OAuth leaves out much; unconfirmed fields are marked, nothing is invented.
import type { ServiceDescription } from '../../../contract/service.ts'

export const agilePlanner: ServiceDescription = {
  schema: 2,
  id: 'agile-planner',
  name: 'Agile Planner',
  description: 'Sprint planning. Scopes, refresh and the API’s paths are not documented.',
  base: { default: 'https://www.agileplannerapp.com', example: 'https://www.agileplannerapp.com' },
  endpoints: { authorization: '{base}/oauth/authorize', token: '{base}/oauth/token' },
  registration: {
    steps: 'The vendor sends client id and client secret; give them the exact redirect URI below.',
  },
  clientAuthentication: { allowed: ['body', 'basic', 'basic-raw'], default: 'body' },
  redirect: { anyPort: 'unknown', note: 'It has to match what was registered.' },
  grants: [
    {
      id: 'authorization_code',
      type: 'authorization_code',
      name: 'Authorization code',
      description: 'Acts as you. Whether a refresh token comes is not documented.',
      refresh: false,
    },
  ],
  scopes: { note: 'No scopes are documented; leave them empty unless the vendor told you some.', reported: false },
  unverified: ['endpoints.authorization', 'endpoints.token', 'redirect.anyPort'],
}
