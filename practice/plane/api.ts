// The practice Plane's API: "who am I" in both generations, installations, and a few lists for test requests.
import { type Answer, type Incoming, json, type Route, readCount, readJson } from '../http.ts'
import { type AccessRules, type Caller, createGate, identifyCaller } from './access.ts'
import { describeInstallation } from './installations.ts'
import { addWorkItem, type Person, type Project, type Workspace } from './workspaces.ts'

const forbidden = (): Answer => json(403, { detail: 'You do not have permission to perform this action.' })
const missing = (): Answer => json(404, { error: 'The requested resource does not exist.' })

function describePerson(person: Person): Record<string, unknown> {
  const { id, first_name, display_name, email } = person
  return { id, first_name, last_name: '', email, avatar: '', display_name }
}

function describeProject(project: Project, workspace: Workspace): Record<string, unknown> {
  const { id, name, identifier } = project
  return {
    id,
    name,
    identifier,
    description: '',
    network: 2,
    total_members: workspace.members.length,
    workspace: workspace.id,
  }
}

/** Plane's cursors: `<size>:<page>:<backwards>`. */
function paginate(rows: unknown[], request: Incoming): Answer {
  const size = Math.max(1, readCount(request.query, 'per_page', 100))
  const at = Number.parseInt(request.query.get('cursor')?.split(':')[1] ?? '0', 10) || 0
  const results = rows.slice(at * size, (at + 1) * size)
  return json(200, {
    grouped_by: null,
    sub_grouped_by: null,
    total_count: rows.length,
    next_cursor: `${size}:${at + 1}:0`,
    prev_cursor: `${size}:${at - 1}:1`,
    next_page_results: rows.length > (at + 1) * size,
    prev_page_results: at > 0,
    count: results.length,
    total_pages: Math.ceil(rows.length / size),
    total_results: rows.length,
    extra_stats: null,
    results,
  })
}

const findWorkspace = (caller: Caller, request: Incoming): Workspace | undefined =>
  caller.workspaces.find(({ slug }) => slug === request.params.slug)

function whoAmI(caller: Caller): Answer {
  return json(200, describePerson(caller.person))
}

function whoAmIWithScopes(caller: Caller): Answer {
  return json(200, {
    ...describePerson(caller.person),
    principal_kind: caller.kind,
    scopes: [...(caller.scopes ?? ['read', 'write'])],
  })
}

function createIssue(caller: Caller, workspace: Workspace, project: Project, request: Incoming): Answer {
  const body = readJson(request)
  if (typeof body?.name !== 'string' || body.name.trim() === '') return json(400, { name: ['This field is required.'] })
  const html = typeof body.description_html === 'string' ? body.description_html : '<p></p>'
  const created_by = caller.person.id
  return json(201, addWorkItem(workspace, project, { name: body.name, description_html: html, created_by }))
}

export function planeRoutes(rules: AccessRules): Route[] {
  const gate = createGate(rules)
  const inWorkspace =
    (answer: (workspace: Workspace, request: Incoming, caller: Caller) => Answer) =>
    (caller: Caller, request: Incoming) => {
      const workspace = findWorkspace(caller, request)
      return workspace ? answer(workspace, request, caller) : forbidden()
    }
  const inProject = (answer: (project: Project, workspace: Workspace, request: Incoming, caller: Caller) => Answer) =>
    inWorkspace((workspace, request, caller) => {
      const project = workspace.projects.find(({ id }) => id === request.params.project)
      return project ? answer(project, workspace, request, caller) : missing()
    })

  const listInstallations = (request: Incoming): Answer => {
    const caller = identifyCaller(request, 'v1', rules)
    if ('status' in caller) return caller
    const presented = rules.store.present(request.headers)
    const id = request.query.get('id')
    const visible = presented.state === 'active' ? rules.installations.visibleTo(presented.token) : []
    return json(200, visible.filter((one) => id === null || one.id === id).map(describeInstallation))
  }

  const work = ['issues', 'work-items'].flatMap((name): Route[] => {
    const pattern = `/api/v1/workspaces/:slug/projects/:project/${name}/`
    const stem = 'projects.work_items'
    return [
      {
        method: 'GET',
        pattern,
        answer: gate(
          { version: 'v1', stem },
          inProject((project, _workspace, request) => paginate(project.workItems, request)),
        ),
      },
      {
        method: 'POST',
        pattern,
        answer: gate(
          { version: 'v1', stem, access: 'write' },
          inProject((project, workspace, request, caller) => createIssue(caller, workspace, project, request)),
        ),
      },
    ]
  })

  return [
    { method: 'GET', pattern: '/auth/o/app-installation/', answer: listInstallations },
    { method: 'GET', pattern: '/api/v1/users/me/', answer: gate({ version: 'v1' }, whoAmI) },
    { method: 'GET', pattern: '/api/v2/users/me/', answer: gate({ version: 'v2', stem: 'profile' }, whoAmIWithScopes) },
    {
      method: 'GET',
      pattern: '/api/v1/workspaces/:slug/projects/',
      answer: gate(
        { version: 'v1', stem: 'projects' },
        inWorkspace((workspace, request) =>
          paginate(
            workspace.projects.map((project) => describeProject(project, workspace)),
            request,
          ),
        ),
      ),
    },
    {
      method: 'GET',
      pattern: '/api/v1/workspaces/:slug/members/',
      answer: gate(
        { version: 'v1', stem: 'workspaces.members' },
        inWorkspace((workspace) =>
          json(
            200,
            workspace.members.map((person) => ({ ...describePerson(person), role: 20 })),
          ),
        ),
      ),
    },
    ...work,
  ]
}
