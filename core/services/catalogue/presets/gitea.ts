// Gitea (and Forgejo alike): every instance has its own address.
import type { ServiceDescription } from '../../../../contract/service.ts'

export const gitea: ServiceDescription = {
  schema: 2,
  id: 'gitea',
  name: 'Gitea',
  description: 'Git hosting on your own instance; Forgejo works the same way.',
  documentation: 'https://docs.gitea.com/development/oauth2-provider',
  base: { default: null, example: 'https://gitea.example.com', hint: 'The address of your instance.' },
  endpoints: {
    authorization: '{base}/login/oauth/authorize',
    token: '{base}/login/oauth/access_token',
  },
  registration: {
    page: '{base}/user/settings/applications',
    steps: 'Settings → Applications → Manage OAuth2 Applications. A public client (no secret) takes any loopback port.',
  },
  grantsPage: '{base}/user/settings/applications',
  clientAuthentication: { allowed: ['body', 'basic', 'basic-raw', 'none'], default: 'body' },
  redirect: {
    anyPort: 'unknown',
    note: 'Any loopback port is taken for public clients; otherwise the URI is compared.',
  },
  grants: [
    {
      id: 'authorization_code',
      type: 'authorization_code',
      name: 'Authorization code',
      description: 'Acts as you; a refresh token comes.',
    },
    {
      id: 'access_token',
      type: 'static_token',
      name: 'Access token',
      description: 'Made by you, with scopes of its own.',
      bearer: { header: 'Authorization', prefix: 'token ' },
      refresh: false,
      page: '{base}/user/settings/applications',
    },
  ],
  scopes: {
    default: ['read:user'],
    note: 'Older releases ignore scopes and grant everything.',
    groups: [
      {
        name: 'API',
        scopes: ['user', 'repository', 'issue', 'organization', 'notification', 'package', 'misc', 'admin'].flatMap(
          (name) => [{ value: `read:${name}` }, { value: `write:${name}` }],
        ),
      },
    ],
    reported: false,
  },
  identity: [
    {
      path: '/api/v1/user',
      accountId: ['id'],
      accountName: ['full_name', 'login'],
      accountEmail: ['email'],
      accountDetail: ['login'],
    },
  ],
  webhook: {
    header: 'X-Gitea-Signature',
    deliveryHeader: 'X-Gitea-Delivery',
    eventHeader: 'X-Gitea-Event',
    payload: { action: ['action'], actor: ['sender.login'] },
  },
  requests: [
    { name: 'Who am I', method: 'GET', path: '/api/v1/user' },
    { name: 'My repositories', method: 'GET', path: '/api/v1/user/repos?limit=5' },
  ],
  unverified: [
    'endpoints',
    'registration',
    'grantsPage',
    'clientAuthentication',
    'redirect',
    'grants',
    'scopes',
    'identity',
    'webhook',
    'requests',
  ],
}
