// Birdview (formerly Easy Projects): an ASP.NET application, every tenant on its own host.
import type { ServiceDescription } from '../../../contract/service.ts'

export const birdview: ServiceDescription = {
  schema: 2,
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
    {
      id: 'client_credentials',
      type: 'client_credentials',
      name: 'Client credentials',
      description: 'Acts as the user you name, with that user’s permissions, without anybody signing in.',
      clientAuthentication: 'body',
      refresh: false,
      inputs: [
        {
          id: 'user',
          label: 'User id',
          hint: 'The number in the address of the person’s page in Birdview.',
          example: '7',
          format: 'number',
          scope: 'user:{value}',
          actsAs: 'user {value}',
        },
      ],
      page: '{base}/integrations/oauthclients',
      steps: 'Switch on “Allow client credentials grant authorization” for this client in Birdview first.',
      caution: 'Anybody who holds this client secret can act as any user.',
    },
    {
      id: 'password',
      type: 'password',
      name: 'Password',
      description: 'Acts as you. The password is sent once, to the token endpoint, and never stored.',
      caution: 'Prefer the authorization code: then your password goes to Birdview alone.',
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
  unverified: ['endpoints.authorization', 'grants.2', 'identity', 'redirect.anyPort'],
}
