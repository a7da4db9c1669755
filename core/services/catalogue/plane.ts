// Plane, as its documentation, its SDK and the document that asked for this project describe it.
import type { ServiceDescription } from '../../../contract/service.ts'

const pair = (stem: string) => [{ value: `${stem}:read` }, { value: `${stem}:write` }]
const pairs = (prefix: string, names: string[]) => names.flatMap((name) => pair(`${prefix}${name}`))

/** Into each of the installations that are listed. */
const installation = {
  workspaceId: ['workspace_detail.id', 'workspace'],
  workspaceName: ['workspace_detail.name'],
  workspaceSlug: ['workspace_detail.slug'],
  workspaceFacts: { bot: ['app_bot'], status: ['status'] },
}

export const plane: ServiceDescription = {
  schema: 2,
  id: 'plane',
  name: 'Plane',
  description: 'Project management; cloud or your own instance.',
  documentation: 'https://developers.plane.so/dev-tools/build-plane-app',
  base: {
    default: 'https://api.plane.so',
    example: 'https://plane.example.com',
    hint: 'The cloud, or the address of your own instance. The Community edition has no OAuth apps.',
  },
  endpoints: {
    authorization: '{base}/auth/o/authorize-app/',
    token: '{base}/auth/o/token/',
    revocation: '{base}/auth/o/revoke-token/',
  },
  registration: {
    page: 'https://app.plane.so/',
    instancePage: '{base}/',
    steps:
      'In Plane, open your workspace’s Settings → Integrations, whose address ends in /your-workspace/settings/integrations/, then Build your own (admins only). Create an app and add the redirect URI below. Plane shows client id and client secret afterwards.',
  },
  clientAuthentication: { allowed: ['body', 'basic-raw', 'basic'], default: 'body' },
  redirect: {
    anyPort: 'unknown',
    note: 'Plane documents public HTTPS redirect URIs; whether it takes a loopback one is not documented. A fixed port is the safer choice.',
  },
  grants: [
    {
      id: 'user_token',
      type: 'authorization_code',
      name: 'User token',
      description: 'Acts as you, in the workspace where the app is installed.',
    },
    {
      id: 'bot_token',
      type: 'client_credentials',
      name: 'Bot token',
      description:
        'Acts as the app’s own bot in the workspace where you install it. There is no refresh token: a new access token is asked for with the installation’s id.',
      installation: { parameter: 'app_installation_id' },
      actsAs: 'the app’s bot',
      clientAuthentication: 'basic-raw',
      refresh: false,
    },
    {
      id: 'api_key',
      type: 'static_token',
      name: 'API key',
      description:
        'A personal access token that you make in Plane; it needs no app, and works on the Community edition.',
      bearer: { header: 'X-Api-Key', prefix: '' },
      refresh: false,
      steps: 'In Plane: Profile Settings → Personal Access Tokens. An expiry is optional there.',
      caution: 'The key has all your power, in every workspace of yours, not in one alone.',
    },
  ],
  availability: {
    absentStatus: [404],
    words: 'This Plane has no OAuth apps: its authorization endpoint answers 404, as the Community edition does.',
    instead: 'api_key',
  },
  scopes: {
    default: ['read', 'write'],
    note: 'Either the two global scopes, or fine-grained ones. One unknown scope can fail the whole consent.',
    groups: [
      {
        name: 'Everything',
        scopes: [
          { value: 'read', description: 'Read all that you can' },
          { value: 'write', description: 'Change all that you can' },
        ],
      },
      { name: 'Profile', scopes: [{ value: 'profile:read', description: 'Who you are' }] },
      {
        name: 'Projects',
        scopes: [
          ...pair('projects'),
          ...pairs('projects.', [
            'features',
            'members',
            'states',
            'labels',
            'intakes',
            'epics',
            'cycles',
            'pages',
            'modules',
            'milestones',
            'estimates',
            'views',
            'workflows',
          ]),
        ],
      },
      {
        name: 'Work items',
        scopes: [
          ...pairs('projects.', [
            'work_items',
            'work_item_types',
            'work_item_properties',
            'work_item_property_options',
            'work_item_property_values',
          ]),
          ...pairs('projects.work_items.', ['comments', 'attachments', 'links', 'relations', 'activities', 'worklogs']),
        ],
      },
      { name: 'Wiki', scopes: pair('wiki.pages') },
      {
        name: 'Customers',
        scopes: [
          ...pair('customers'),
          ...pairs('customers.', ['requests', 'properties', 'property_values', 'work_items']),
        ],
      },
      {
        name: 'Initiatives',
        scopes: [...pair('initiatives'), ...pairs('initiatives.', ['projects', 'epics', 'labels'])],
      },
      {
        name: 'Workspaces',
        scopes: [
          ...pairs('workspaces.', [
            'members',
            'features',
            'views',
            'group_sync',
            'work_item_types',
            'work_item_properties',
            'work_item_relation_definitions',
          ]),
          { value: 'workspaces.audit_logs:read' },
          { value: 'workspaces.roles:read' },
        ],
      },
      {
        name: 'Teamspaces',
        scopes: [...pair('teamspaces'), ...pairs('teamspaces.', ['projects', 'members'])],
      },
      {
        name: 'Releases',
        scopes: [...pair('releases'), ...pairs('releases.', ['comments', 'labels', 'links', 'tags'])],
      },
      {
        name: 'Others',
        scopes: pairs('', [
          'stickies',
          'assets',
          'automations',
          'webhooks',
          'templates.work_items',
          'agents.runs',
          'agents.run_activities',
        ]),
      },
    ],
  },
  identity: [
    {
      path: '/api/v2/users/me/',
      accountId: ['id'],
      accountName: ['display_name', 'email'],
      accountEmail: ['email'],
      accountDetail: ['principal_kind'],
      scopes: ['scopes'],
    },
    {
      path: '/api/v1/users/me/',
      accountId: ['id'],
      accountName: ['display_name', 'email'],
      accountEmail: ['email'],
    },
  ],
  workspaces: [
    { path: '/auth/o/app-installation/?id={app_installation_id}', ...installation },
    { path: '/auth/o/app-installation/', ...installation },
  ],
  workspaceByHand: {
    paths: ['/api/v1/workspaces/{slug}', '/{slug}'],
    hint: 'Open the workspace in Plane and copy its address: the slug is its first part.',
    example: 'https://app.plane.so/your-workspace/projects/',
  },
  revocation: { encoding: 'json', clientAuthentication: 'body' },
  webhook: {
    header: 'X-Plane-Signature',
    deliveryHeader: 'X-Plane-Delivery',
    eventHeader: 'X-Plane-Event',
    payload: {
      deliveryId: ['delivery_id'],
      event: ['event'],
      action: ['action'],
      workspaceId: ['workspace_id'],
      actor: ['activity.actor.display_name', 'activity.actor.email', 'activity.actor.id'],
    },
  },
  requests: [
    { name: 'Who am I (v2)', method: 'GET', path: '/api/v2/users/me/' },
    { name: 'Who am I (v1)', method: 'GET', path: '/api/v1/users/me/' },
    { name: 'App installations', method: 'GET', path: '/auth/o/app-installation/' },
    { name: 'Projects', method: 'GET', path: '/api/v1/workspaces/{slug}/projects/', scopes: ['projects:read', 'read'] },
    {
      name: 'Members',
      method: 'GET',
      path: '/api/v1/workspaces/{slug}/members/',
      scopes: ['workspaces.members:read', 'read'],
    },
    {
      name: 'Work items of a project',
      method: 'GET',
      path: '/api/v1/workspaces/{slug}/projects/{project_id}/issues/',
    },
    {
      name: 'Create a work item',
      method: 'POST',
      path: '/api/v1/workspaces/{slug}/projects/{project_id}/issues/',
      headers: { 'Content-Type': 'application/json' },
      body: '{\n  "name": "Hello from Grantdesk",\n  "description_html": "<p>A test request</p>"\n}',
    },
  ],
  // The Python SDK alone tells of it, and of its encoding: where JSON is refused or comes to nothing, a form is tried.
  unverified: ['redirect.anyPort', 'endpoints.revocation', 'revocation'],
}
