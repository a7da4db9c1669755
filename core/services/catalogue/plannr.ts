// Plannr, a CRM: a Laravel application, one host for every firm; the firm is chosen by a header.
import type { ServiceDescription } from '../../../contract/service.ts'

const json = { Accept: 'application/json', 'Content-Type': 'application/json' }
const firm = { ...json, 'X-PLANNR-ACCOUNT-UUID': '{workspace_id}' }

export const plannr: ServiceDescription = {
  schema: 1,
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
  ],
  scopes: {
    default: ['*'],
    groups: [{ name: 'Everything', scopes: [{ value: '*', description: 'All that the account may do' }] }],
    note: 'Plannr knows one scope, *, and does not report what was granted.',
    reported: false,
  },
  identity: [
    {
      path: '/api/v1/me',
      headers: json,
      accountId: ['data.uuid', 'uuid', 'data.id', 'id'],
      accountName: ['data.name', 'name', 'data.email', 'email'],
      accountEmail: ['data.email', 'email'],
    },
  ],
  workspace: {
    path: '/api/v1/logins',
    headers: json,
    workspaceId: ['preferred_account_uuid', 'data.0.preferred_account_uuid', 'data.0.account.uuid'],
    workspaceName: ['data.0.account.name'],
  },
  requests: [
    { name: 'Who am I', method: 'GET', path: '/api/v1/me', headers: json },
    { name: 'Logins', method: 'GET', path: '/api/v1/logins', headers: json },
    { name: 'Clients', method: 'GET', path: '/api/v1/account?per_page=5', headers: firm },
    { name: 'Addresses of a client', method: 'GET', path: '/api/v1/account/{uuid}/address', headers: firm },
  ],
  unverified: ['redirect.anyPort'],
}
