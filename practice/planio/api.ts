// The practice Planio's API: the Redmine endpoints for test requests.
import { type Answer, empty, type Incoming, json, type Route, readCount, readJson } from '../http.ts'
import type { Quirks } from '../quirks.ts'
import type { TokenStore } from '../token-store.ts'
import { type Caller, createPlanioGate, requireLogin, seesProject } from './access.ts'
import type { Issue, Project, TimeEntry, Tracker, User } from './tracker.ts'

const named = ({ id, name }: Project) => ({ id, name })
const userName = ({ id, firstname, lastname }: User) => ({ id, name: `${firstname} ${lastname}` })
const START = '2026-01-12T09:00:00Z'

function describeProject(project: Project): Record<string, unknown> {
  return { ...project, description: '', status: 1, inherit_members: false, created_on: START, updated_on: START }
}

function describeIssue(issue: Issue): Record<string, unknown> {
  return {
    id: issue.id,
    project: named(issue.project),
    tracker: { id: 1, name: 'Task' },
    status: { id: 1, name: 'New', is_closed: false },
    priority: { id: 2, name: 'Normal' },
    author: userName(issue.author),
    ...(issue.assignee ? { assigned_to: userName(issue.assignee) } : {}),
    subject: issue.subject,
    description: issue.description,
    done_ratio: 0,
    created_on: issue.created_on,
    updated_on: issue.created_on,
  }
}

function describeTimeEntry({
  id,
  project,
  issue,
  user,
  hours,
  comments,
  spent_on,
}: TimeEntry): Record<string, unknown> {
  return {
    id,
    project: named(project),
    issue: { id: issue.id },
    user: userName(user),
    activity: { id: 9, name: 'Work' },
    hours,
    comments,
    spent_on,
  }
}

function list<Row>(name: string, rows: Row[], describe: (row: Row) => unknown, request: Incoming): Answer {
  const limit = readCount(request.query, 'limit', 25)
  const offset = readCount(request.query, 'offset', 0, Number.MAX_SAFE_INTEGER)
  return json(200, {
    [name]: rows.slice(offset, offset + limit).map(describe),
    total_count: rows.length,
    offset,
    limit,
  })
}

function whoAmI({ user }: Caller): Answer {
  if (!user) return requireLogin()
  return json(200, { user: { ...user, created_on: START, last_login_on: START } })
}

function listIssues(tracker: Tracker, caller: Caller, request: Incoming): Answer {
  const assignee = request.query.get('assigned_to_id')
  const wanted = assignee === 'me' ? String(caller.user?.id ?? '') : assignee
  const rows = tracker.issues.filter(
    (issue) => seesProject(caller, issue.project) && (wanted === null || String(issue.assignee?.id) === wanted),
  )
  return list('issues', rows, describeIssue, request)
}

function createIssue(tracker: Tracker, caller: Caller, request: Incoming): Answer {
  if (!caller.user) return requireLogin()
  const { project: wanted } = request.params
  const project = tracker.projects.find(({ id, identifier }) => identifier === wanted || String(id) === wanted)
  if (!project) return empty(404)
  if (!seesProject(caller, project)) return empty(403)
  const issue = readJson(request)?.issue as { subject?: unknown; description?: unknown } | undefined
  const subject = typeof issue?.subject === 'string' ? issue.subject.trim() : ''
  if (!subject) return json(422, { errors: ['Subject cannot be blank'] })
  const description = typeof issue?.description === 'string' ? issue.description : ''
  const added = tracker.addIssue({ project, subject, description, author: caller.user, assignee: null })
  return json(201, { issue: describeIssue(added) }, { location: `/issues/${added.id}` })
}

export function planioRoutes(store: TokenStore, tracker: Tracker, quirks: Quirks): Route[] {
  const gate = createPlanioGate(store, tracker, quirks)
  return [
    { method: 'GET', pattern: '/users/current.json', answer: gate(null, whoAmI) },
    {
      method: 'GET',
      pattern: '/projects.json',
      answer: gate('view_project', (caller, request) =>
        list(
          'projects',
          tracker.projects.filter((project) => seesProject(caller, project)),
          describeProject,
          request,
        ),
      ),
    },
    {
      method: 'GET',
      pattern: '/issues.json',
      answer: gate('view_issues', (caller, request) => listIssues(tracker, caller, request)),
    },
    {
      method: 'GET',
      pattern: '/time_entries.json',
      answer: gate('view_time_entries', (caller, request) =>
        list(
          'time_entries',
          tracker.timeEntries.filter(({ project }) => seesProject(caller, project)),
          describeTimeEntry,
          request,
        ),
      ),
    },
    {
      method: 'POST',
      pattern: '/projects/:project/issues.json',
      answer: gate('add_issues', (caller, request) => createIssue(tracker, caller, request)),
    },
  ]
}
