// GitLab, in the cloud or self-managed: a Rails application with Doorkeeper.
import type { ServiceDescription } from '../../../../contract/service.ts'

export const gitlab: ServiceDescription = {
  schema: 2,
  id: 'gitlab',
  name: 'GitLab',
  description: 'Git hosting; gitlab.com or your own instance.',
  documentation: 'https://docs.gitlab.com/api/oauth2/',
  base: {
    default: 'https://gitlab.com',
    example: 'https://gitlab.example.com',
    hint: 'gitlab.com, or the address of your own instance.',
  },
  endpoints: {
    authorization: '{base}/oauth/authorize',
    token: '{base}/oauth/token',
    revocation: '{base}/oauth/revoke',
    deviceAuthorization: '{base}/oauth/authorize_device',
  },
  registration: {
    page: '{base}/-/user_settings/applications',
    steps: 'Preferences → Applications → Add new application. Tick the scopes there that connections may ask for.',
  },
  // The openid scope has to be ticked where the application is registered, so it is asked for only by choice.
  openid: { jwksUri: '{base}/oauth/discovery/keys', selectAccount: false },
  grantsPage: '{base}/-/user_settings/applications',
  clientAuthentication: { allowed: ['body', 'basic', 'basic-raw', 'none'], default: 'body' },
  redirect: { anyPort: 'unknown', note: 'GitLab compares the redirect URI; a fixed port is the safer choice.' },
  grants: [
    {
      id: 'authorization_code',
      type: 'authorization_code',
      name: 'Authorization code',
      description: 'Acts as you.',
    },
    {
      id: 'device_code',
      type: 'device_code',
      name: 'Device code',
      description: 'You enter a code in a browser on any device; from GitLab 17.1 on.',
    },
    {
      id: 'personal_access_token',
      type: 'static_token',
      name: 'Personal access token',
      description: 'Made by you, with scopes and an end of its own.',
      bearer: { header: 'PRIVATE-TOKEN', prefix: '' },
      refresh: false,
      page: '{base}/-/user_settings/personal_access_tokens',
    },
  ],
  scopes: {
    default: ['read_user'],
    groups: [
      {
        name: 'API',
        scopes: [
          { value: 'api', description: 'Read and change all that you can' },
          { value: 'read_api', description: 'Read all that you can' },
          { value: 'read_user', description: 'Who you are' },
        ],
      },
      {
        name: 'Repositories',
        scopes: [{ value: 'read_repository' }, { value: 'write_repository' }],
      },
      {
        name: 'OpenID Connect',
        scopes: [
          { value: 'openid', description: 'An ID token; tick it in the application, too' },
          { value: 'profile' },
          { value: 'email' },
        ],
      },
    ],
  },
  identity: [
    {
      path: '/api/v4/user',
      accountId: ['id'],
      accountName: ['name', 'username'],
      accountEmail: ['email'],
      accountDetail: ['username'],
    },
  ],
  tokenInfo: { path: '/oauth/token/info', scopes: ['scope'], expiresIn: ['expires_in'] },
  requests: [
    { name: 'Who am I', method: 'GET', path: '/api/v4/user' },
    { name: 'My projects', method: 'GET', path: '/api/v4/projects?membership=true&per_page=5' },
  ],
  unverified: [
    'redirect.anyPort',
    'endpoints.deviceAuthorization',
    'registration',
    'grantsPage',
    'grants.2',
    'scopes.groups',
    'identity',
    'tokenInfo',
    'requests',
  ],
}
