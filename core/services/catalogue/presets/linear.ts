// Linear: scopes separated by commas, a GraphQL API.
import type { ServiceDescription } from '../../../../contract/service.ts'

const graphql = {
  method: 'POST' as const,
  path: '/graphql',
  headers: { 'Content-Type': 'application/json' },
}
const viewer = '{"query":"{ viewer { id name email } organization { id name urlKey } }"}'

export const linear: ServiceDescription = {
  schema: 2,
  id: 'linear',
  name: 'Linear',
  description: 'Issue tracking; one GraphQL endpoint.',
  documentation: 'https://linear.app/developers/oauth-2-0-authentication',
  base: { default: 'https://api.linear.app', example: 'https://api.linear.app' },
  endpoints: {
    authorization: 'https://linear.app/oauth/authorize',
    token: '{base}/oauth/token',
    revocation: '{base}/oauth/revoke',
  },
  registration: {
    page: 'https://linear.app/settings/api/applications/new',
    steps: 'Settings → API → OAuth applications → New.',
  },
  grantsPage: 'https://linear.app/settings/account/security',
  clientAuthentication: { allowed: ['body', 'none'], default: 'body' },
  redirect: { anyPort: 'unknown', note: 'A fixed port is the safer choice.' },
  grants: [
    {
      id: 'authorization_code',
      type: 'authorization_code',
      name: 'Authorization code',
      description: 'Acts as you; the access token lives about a day.',
    },
    {
      id: 'api_key',
      type: 'static_token',
      name: 'Personal API key',
      description: 'Made by you; sent without “Bearer”.',
      bearer: { header: 'Authorization', prefix: '' },
      refresh: false,
      page: 'https://linear.app/settings/account/security',
    },
  ],
  scopes: {
    separator: ',',
    default: ['read'],
    groups: [
      {
        name: 'Access',
        scopes: [
          { value: 'read' },
          { value: 'write' },
          { value: 'issues:create' },
          { value: 'comments:create' },
          { value: 'timeSchedule:write' },
          { value: 'admin' },
        ],
      },
    ],
  },
  identity: [
    {
      ...graphql,
      body: viewer,
      accountId: ['data.viewer.id'],
      accountName: ['data.viewer.name', 'data.viewer.email'],
      accountEmail: ['data.viewer.email'],
    },
  ],
  workspaces: [
    {
      ...graphql,
      body: viewer,
      items: 'data.organization',
      workspaceId: ['id'],
      workspaceName: ['name'],
      workspaceSlug: ['urlKey'],
    },
  ],
  webhook: {
    header: 'Linear-Signature',
    deliveryHeader: 'Linear-Delivery',
    eventHeader: 'Linear-Event',
    payload: { event: ['type'], action: ['action'], workspaceId: ['organizationId'], actor: ['actor.name'] },
  },
  requests: [
    {
      name: 'Who am I',
      ...graphql,
      body: viewer,
    },
    {
      name: 'My issues',
      ...graphql,
      body: '{"query":"{ viewer { assignedIssues(first: 5) { nodes { identifier title } } } }"}',
    },
  ],
  unverified: [
    'endpoints',
    'redirect.anyPort',
    'registration',
    'grantsPage',
    'grants.1',
    'scopes.groups',
    'identity',
    'workspaces',
    'webhook',
    'requests',
  ],
}
