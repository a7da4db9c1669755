// Planio, and any Redmine from 6.1 on: a Rails application with Doorkeeper.
import type { ServiceDescription } from '../../../contract/service.ts'

const permissions = (name: string, values: string) => ({
  name,
  scopes: values.split(' ').map((value) => ({ value })),
})

export const planio: ServiceDescription = {
  schema: 2,
  id: 'planio',
  name: 'Planio',
  description: 'Project management on Redmine; any Redmine from 6.1 on works the same way.',
  documentation: 'https://plan.io/api/',
  base: {
    default: null,
    example: 'https://youraccount.plan.io',
    hint: 'Your account’s own address, or that of a Redmine, with its sub-path if it has one.',
  },
  endpoints: {
    authorization: '{base}/oauth/authorize',
    token: '{base}/oauth/token',
    revocation: '{base}/oauth/revoke',
  },
  registration: {
    page: '{base}/oauth/applications',
    steps:
      'An administrator opens Administration → Applications → New application, enters the redirect URI below (one per line) and ticks the permissions that connections may ask for. The REST API has to be switched on, or every request answers 403.',
  },
  grantsPage: '{base}/oauth/authorized_applications',
  clientAuthentication: { allowed: ['body', 'basic', 'basic-raw'], default: 'body' },
  redirect: {
    anyPort: 'yes',
    outOfBand: true,
    note: 'Any port is accepted for http://127.0.0.1; the path has to match.',
  },
  grants: [
    {
      id: 'authorization_code',
      type: 'authorization_code',
      name: 'Authorization code',
      description: 'Acts as you, with the permissions ticked below. The refresh token does not expire.',
    },
    {
      id: 'api_key',
      type: 'static_token',
      name: 'API key',
      description: 'The key of your account; it can do all that you can.',
      bearer: { header: 'X-Redmine-API-Key', prefix: '' },
      refresh: false,
      page: '{base}/my/account',
      steps: 'My account → API access key → Show. The REST API has to be switched on by an administrator.',
      caution: 'Where a request carries both, the key beats the Bearer token: never add it to a request by hand.',
    },
  ],
  beatsBearer: ['X-Redmine-API-Key'],
  anonymous: true,
  tokenInfo: { path: '/oauth/token/info', scopes: ['scope'], expiresIn: ['expires_in', 'expires_in_seconds'] },
  scopes: {
    default: ['view_project', 'search_project', 'view_members', 'view_issues', 'add_issues'],
    note: 'Scopes are permissions. One that the application was not registered with fails the whole consent.',
    groups: [
      permissions(
        'Projects',
        'view_project search_project add_project edit_project view_members manage_members manage_versions',
      ),
      permissions(
        'Issues',
        'view_issues add_issues edit_issues edit_own_issues copy_issues delete_issues manage_issue_relations manage_subtasks add_issue_notes edit_issue_notes view_private_notes view_issue_watchers add_issue_watchers manage_categories save_queries',
      ),
      permissions('Time tracking', 'view_time_entries log_time edit_time_entries'),
      permissions(
        'Content',
        'view_news manage_news view_documents add_documents view_files manage_files view_wiki_pages edit_wiki_pages view_messages add_messages',
      ),
      permissions('Repository', 'view_changesets browse_repository commit_access'),
      permissions('Planning', 'view_calendar view_gantt'),
      permissions('Administration', 'admin'),
    ],
  },
  identity: [
    {
      path: '/users/current.json',
      accountId: ['user.id'],
      accountName: ['user.firstname+user.lastname', 'user.login'],
      accountEmail: ['user.mail'],
      accountDetail: ['user.login'],
    },
  ],
  // Redmine has webhooks of its own from version 7 on.
  webhook: {
    header: 'X-Redmine-Signature-256',
    prefix: 'sha256=',
    payload: { event: ['type'], actor: ['data.journal.user.name', 'data.issue.author.name'] },
  },
  requests: [
    { name: 'Who am I', method: 'GET', path: '/users/current.json' },
    { name: 'Token info', method: 'GET', path: '/oauth/token/info' },
    { name: 'Projects', method: 'GET', path: '/projects.json?limit=5', scopes: ['view_project', 'admin'] },
    {
      name: 'Issues assigned to me',
      method: 'GET',
      path: '/issues.json?assigned_to_id=me&limit=5',
      scopes: ['view_issues', 'admin'],
    },
    { name: 'Time entries', method: 'GET', path: '/time_entries.json?limit=5', scopes: ['view_time_entries', 'admin'] },
    {
      name: 'Create an issue',
      method: 'POST',
      path: '/projects/{project}/issues.json',
      headers: { 'Content-Type': 'application/json' },
      body: '{\n  "issue": { "subject": "Hello world" }\n}',
      scopes: ['add_issues', 'admin'],
    },
  ],
  unverified: ['webhook'],
}
