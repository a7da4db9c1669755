// Jira Cloud: one authorization server for all sites, the API of each under its cloud id.
import type { ServiceDescription } from '../../../../contract/service.ts'

export const jiraCloud: ServiceDescription = {
  schema: 2,
  id: 'jira-cloud',
  name: 'Jira Cloud',
  description: 'Atlassian’s issue tracker in the cloud; several sites under one grant.',
  documentation: 'https://developer.atlassian.com/cloud/jira/platform/oauth-2-3lo-apps/',
  base: { default: 'https://api.atlassian.com', example: 'https://api.atlassian.com' },
  endpoints: {
    authorization: 'https://auth.atlassian.com/authorize',
    token: 'https://auth.atlassian.com/oauth/token',
  },
  registration: {
    page: 'https://developer.atlassian.com/console/myapps/',
    steps: 'Create → OAuth 2.0 integration. Add the permissions, then the callback URL under Authorization.',
  },
  grantsPage: 'https://id.atlassian.com/manage-profile/apps',
  clientAuthentication: { allowed: ['body'], default: 'body' },
  redirect: { anyPort: 'no', note: 'The callback URL has to match exactly.' },
  grants: [
    {
      id: 'authorization_code',
      type: 'authorization_code',
      name: 'Authorization code',
      description: 'Acts as you. With offline_access a refresh token comes, and a new one with every refresh.',
      authorizationParameters: { audience: 'api.atlassian.com', prompt: 'consent' },
    },
  ],
  scopes: {
    default: ['offline_access', 'read:me', 'read:jira-work'],
    note: 'Without offline_access no refresh token comes. A scope that the app was not given fails the consent.',
    groups: [
      {
        name: 'Account',
        scopes: [
          { value: 'offline_access', description: 'A refresh token' },
          { value: 'read:me', description: 'Who you are' },
          { value: 'read:account' },
        ],
      },
      {
        name: 'Jira',
        scopes: [
          { value: 'read:jira-work' },
          { value: 'write:jira-work' },
          { value: 'read:jira-user' },
          { value: 'manage:jira-project' },
          { value: 'manage:jira-configuration' },
          { value: 'manage:jira-webhook' },
        ],
      },
    ],
  },
  identity: [{ path: '/me', accountId: ['account_id'], accountName: ['name', 'email'], accountEmail: ['email'] }],
  workspaces: [
    {
      path: '/oauth/token/accessible-resources',
      workspaceId: ['id'],
      workspaceName: ['name'],
      workspaceDetail: ['url'],
    },
  ],
  requests: [
    { name: 'Who am I', method: 'GET', path: '/me' },
    { name: 'Sites', method: 'GET', path: '/oauth/token/accessible-resources' },
    {
      name: 'Projects of the site',
      method: 'GET',
      path: '/ex/jira/{workspace_id}/rest/api/3/project/search?maxResults=5',
    },
  ],
  unverified: [
    'endpoints',
    'registration',
    'grantsPage',
    'redirect.anyPort',
    'scopes.groups',
    'identity',
    'workspaces',
    'requests.0',
    'requests.1',
  ],
}
