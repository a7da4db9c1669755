// Plannr, a CRM: a Laravel application, one host for every firm; the firm is chosen by a header.
import type { ServiceDescription } from '../../../contract/service.ts'

export const plannr: ServiceDescription = {
  schema: 2,
  id: 'plannr',
  name: 'Plannr',
  description: 'CRM for financial advice firms.',
  documentation: 'https://developers.plannrcrm.com/',
  base: { default: 'https://api.plannrcrm.com', example: 'https://api.plannrcrm.com' },
  endpoints: { authorization: '{base}/oauth/authorize', token: '{base}/oauth/token' },
  registration: {
    steps:
      'Plannr registers clients by e-mail: send them the exact redirect URI below. They answer with client id and client secret.',
  },
  clientAuthentication: { allowed: ['body', 'basic', 'basic-raw'], default: 'body' },
  redirect: { anyPort: 'unknown', note: 'Plannr registers the exact URL; a fixed port is the safer choice.' },
  grants: [
    {
      id: 'authorization_code',
      type: 'authorization_code',
      name: 'Authorization code',
      description: 'Acts as you. The refresh token lives six months; then consent is asked again.',
      refreshTokenLifetime: 182 * 86_400,
    },
    {
      id: 'personal_access_token',
      type: 'static_token',
      name: 'Personal access token',
      description: 'Made by you or handed out by Plannr; it lasts a year and cannot be refreshed.',
      refresh: false,
      tokenLifetime: 365 * 86_400,
      steps: 'Plannr → Settings, or ask the vendor for one.',
    },
  ],
  requestHeaders: {
    Accept: 'application/json',
    'Content-Type': 'application/json',
    'X-PLANNR-ACCOUNT-UUID': '{workspace_id}',
  },
  scopes: {
    default: ['*'],
    groups: [{ name: 'Everything', scopes: [{ value: '*', description: 'All that the account may do' }] }],
    note: 'Plannr knows one scope, *, and does not report what was granted.',
    reported: false,
  },
  identity: [
    {
      path: '/api/v1/me',
      accountId: ['data.uuid', 'uuid', 'data.id', 'id'],
      accountName: [
        'data.name',
        'data.first_name+data.last_name',
        'name',
        'first_name+last_name',
        'data.email',
        'email',
      ],
      accountEmail: ['data.email', 'email'],
    },
  ],
  workspaces: [
    {
      path: '/api/v1/logins',
      items: 'data',
      workspaceId: ['account.uuid'],
      workspaceName: ['account.name'],
      workspaceDetail: ['account.type'],
      preferred: ['preferred_account_uuid', 'data.0.preferred_account_uuid'],
    },
  ],
  webhook: { header: 'X-Signature' },
  requests: [
    { name: 'Who am I', method: 'GET', path: '/api/v1/me' },
    { name: 'Logins', method: 'GET', path: '/api/v1/logins' },
    { name: 'Clients', method: 'GET', path: '/api/v1/account?per_page=5' },
    { name: 'Addresses of a client', method: 'GET', path: '/api/v1/account/{uuid}/address' },
  ],
  // What `me` answers and how an account is called is documented nowhere; neither is how the granted set would be told.
  unverified: [
    'redirect.anyPort',
    'scopes.reported',
    'identity',
    'workspaces.0.workspaceName',
    'workspaces.0.workspaceDetail',
  ],
}
