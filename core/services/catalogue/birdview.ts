// Birdview (formerly Easy Projects): an ASP.NET application, every tenant on its own host.
import type { ServiceDescription } from '../../../contract/service.ts'

export const birdview: ServiceDescription = {
  schema: 1,
  id: 'birdview',
  name: 'Birdview',
  description: 'Professional services automation; formerly Easy Projects.',
  base: {
    default: null,
    example: 'https://yourcompany.birdviewpsa.com',
    hint: 'The address at which you sign in to Birdview.',
  },
  endpoints: { authorization: '{base}/OAuth2/Authorize', token: '{base}/OAuth2/Token' },
  registration: {
    page: '{base}/integrations/oauthclients',
    steps:
      'Company settings → Automations → OAuth 2.0 clients. The client secret is shown once. For client credentials, switch on “Allow client credentials grant authorization” there.',
  },
  clientAuthentication: { allowed: ['body', 'basic', 'basic-raw'], default: 'body' },
  redirect: { anyPort: 'unknown' },
  grants: [
    {
      id: 'authorization_code',
      type: 'authorization_code',
      name: 'Authorization code',
      description: 'Acts as you.',
    },
  ],
  scopes: { reported: false },
  identity: [
    {
      path: '/api/v1/users/current',
      accountId: ['id', 'userId'],
      accountName: ['name', 'email'],
      accountEmail: ['email'],
      accountDetail: ['roleName'],
    },
  ],
  requests: [
    { name: 'Who am I', method: 'GET', path: '/api/v1/users/current', unverified: true },
    { name: 'Account', method: 'GET', path: '/api/v1/account', unverified: true },
    { name: 'Projects', method: 'GET', path: '/api/v1/projects?take=5&skip=0', unverified: true },
    { name: 'My tasks', method: 'GET', path: '/api/v1/tasks/my?take=5', unverified: true },
    { name: 'Users', method: 'GET', path: '/api/v1/users', unverified: true },
  ],
  unverified: ['endpoints.authorization', 'identity', 'redirect.anyPort'],
}
