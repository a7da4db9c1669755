// Plane's scopes: two global ones, and `<stem>:read` / `<stem>:write` for each part of the product.
const under = (stem: string, parts: string): string[] => parts.split(' ').map((part) => `${stem}.${part}`)

const STEMS = [
  'projects',
  ...under(
    'projects',
    'features members states labels intakes epics cycles pages modules milestones estimates views workflows work_items work_item_types work_item_properties work_item_property_options work_item_property_values',
  ),
  ...under('projects.work_items', 'comments attachments links relations activities worklogs'),
  'wiki.pages',
  'customers',
  ...under('customers', 'requests properties property_values work_items'),
  'initiatives',
  ...under('initiatives', 'projects epics labels'),
  ...under(
    'workspaces',
    'members features views group_sync work_item_types work_item_properties work_item_relation_definitions',
  ),
  'stickies',
  'teamspaces',
  ...under('teamspaces', 'projects members'),
  'releases',
  ...under('releases', 'comments labels links tags'),
  'assets',
  'automations',
  'webhooks',
  'templates.work_items',
  ...under('agents', 'runs run_activities'),
]

export const PLANE_SCOPES = [
  'read',
  'write',
  ...STEMS.flatMap((stem) => [`${stem}:read`, `${stem}:write`]),
  'workspaces.audit_logs:read',
  'workspaces.roles:read',
  'profile:read',
]

/** A global scope covers every stem; an API key (null) covers everything. */
export function covers(scopes: Set<string> | null, stem: string, access: 'read' | 'write'): boolean {
  return scopes === null || scopes.has(access) || scopes.has(`${stem}:${access}`)
}
