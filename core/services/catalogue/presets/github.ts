// GitHub in the cloud: authorization at one host, the API at another.
import type { ServiceDescription } from '../../../../contract/service.ts'

export const github: ServiceDescription = {
  schema: 2,
  id: 'github',
  name: 'GitHub',
  description: 'Git hosting; OAuth apps and personal access tokens on github.com.',
  documentation: 'https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps',
  base: { default: 'https://api.github.com', example: 'https://api.github.com' },
  endpoints: {
    authorization: 'https://github.com/login/oauth/authorize',
    token: 'https://github.com/login/oauth/access_token',
    deviceAuthorization: 'https://github.com/login/device/code',
  },
  registration: {
    page: 'https://github.com/settings/developers',
    steps: 'Settings → Developer settings → OAuth Apps → New OAuth App. For the device code, enable device flow there.',
  },
  grantsPage: 'https://github.com/settings/applications',
  clientAuthentication: { allowed: ['body'], default: 'body' },
  redirect: { anyPort: 'yes', note: 'For 127.0.0.1 the port may differ from the one that was registered.' },
  grants: [
    {
      id: 'authorization_code',
      type: 'authorization_code',
      name: 'Authorization code',
      description: 'Acts as you. The access token of an OAuth app does not expire.',
      refresh: false,
    },
    {
      id: 'device_code',
      type: 'device_code',
      name: 'Device code',
      description: 'You enter a code at github.com/login/device. No client secret is needed.',
      refresh: false,
    },
    {
      id: 'personal_access_token',
      type: 'static_token',
      name: 'Personal access token',
      description: 'Made by you; fine-grained ones reach chosen repositories alone.',
      refresh: false,
      page: 'https://github.com/settings/tokens',
    },
  ],
  scopes: {
    separator: ' ',
    responseSeparator: ',',
    default: ['read:user'],
    note: 'GitHub grants what the account may do at most; the API reports the scopes in X-OAuth-Scopes.',
    groups: [
      {
        name: 'Account',
        scopes: [{ value: 'read:user' }, { value: 'user:email' }, { value: 'user' }, { value: 'notifications' }],
      },
      {
        name: 'Repositories',
        scopes: [{ value: 'repo', description: 'Private ones too' }, { value: 'public_repo' }, { value: 'workflow' }],
      },
      { name: 'Organizations', scopes: [{ value: 'read:org' }, { value: 'write:org' }, { value: 'admin:org' }] },
      { name: 'Others', scopes: [{ value: 'gist' }, { value: 'read:packages' }, { value: 'write:packages' }] },
    ],
  },
  requestHeaders: { Accept: 'application/vnd.github+json' },
  identity: [
    {
      path: '/user',
      accountId: ['id'],
      accountName: ['name', 'login'],
      accountEmail: ['email'],
      accountDetail: ['login'],
      scopesHeader: 'X-OAuth-Scopes',
    },
  ],
  webhook: {
    header: 'X-Hub-Signature-256',
    prefix: 'sha256=',
    deliveryHeader: 'X-GitHub-Delivery',
    eventHeader: 'X-GitHub-Event',
    payload: { action: ['action'], actor: ['sender.login'] },
  },
  requests: [
    { name: 'Who am I', method: 'GET', path: '/user' },
    { name: 'My repositories', method: 'GET', path: '/user/repos?per_page=5' },
    { name: 'Rate limit', method: 'GET', path: '/rate_limit' },
  ],
  unverified: [
    'endpoints',
    'registration',
    'grantsPage',
    'clientAuthentication',
    'redirect',
    'grants',
    'scopes',
    'requestHeaders',
    'identity',
    'webhook',
    'requests',
  ],
}
