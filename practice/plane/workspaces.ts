// The practice Plane's data: two workspaces with members, projects and work items. Ada is in one, Alice in both.
// Work items that a test request creates are lost when the service closes.
import { randomUUID } from 'node:crypto'

export interface Person {
  id: string
  login: string
  first_name: string
  display_name: string
  email: string
}

export interface WorkItem {
  id: string
  name: string
  description_html: string
  sequence_id: number
  priority: string
  project: string
  workspace: string
  created_at: string
  created_by: string
}

export interface Project {
  id: string
  name: string
  identifier: string
  workItems: WorkItem[]
}

export interface Workspace {
  id: string
  slug: string
  name: string
  botId: string
  members: Person[]
  projects: Project[]
}

const START = '2026-01-12T09:00:00.000000Z'

function person(login: string, name: string, id: string): Person {
  return { id, login, first_name: name, display_name: login, email: `${login}@practice.example` }
}

export const ADA = person('ada', 'Ada', '3f0c8a52-6d0e-4a39-9d5e-0a1b2c3d4e01')
export const ALICE = person('alice', 'Alice', '3f0c8a52-6d0e-4a39-9d5e-0a1b2c3d4e02')

export function addWorkItem(
  workspace: Workspace,
  project: Project,
  item: { name: string; description_html: string; created_by: string; created_at?: string },
): WorkItem {
  const workItem: WorkItem = {
    id: randomUUID(),
    name: item.name,
    description_html: item.description_html,
    sequence_id: project.workItems.length + 1,
    priority: 'none',
    project: project.id,
    workspace: workspace.id,
    created_at: item.created_at ?? new Date().toISOString(),
    created_by: item.created_by,
  }
  project.workItems.push(workItem)
  return workItem
}

function fill(workspace: Workspace, project: Project, names: string[]): void {
  for (const name of names)
    addWorkItem(workspace, project, { name, description_html: '<p></p>', created_by: ALICE.id, created_at: START })
}

/** Makes the workspaces of one practice instance. */
export function createWorkspaces(): Workspace[] {
  const rocket: Project = {
    id: '8d2b6a10-1111-4c55-8a77-5e6f70819201',
    name: 'Rocket',
    identifier: 'ROCK',
    workItems: [],
  }
  const garden: Project = {
    id: '8d2b6a10-2222-4c55-8a77-5e6f70819202',
    name: 'Garden',
    identifier: 'GARD',
    workItems: [],
  }
  const library: Project = {
    id: '8d2b6a10-3333-4c55-8a77-5e6f70819203',
    name: 'Library',
    identifier: 'LIB',
    workItems: [],
  }
  const one: Workspace = {
    id: 'c1a7e0d4-0001-4b1e-9f6a-77aa88bb9901',
    slug: 'practice-one',
    name: 'Practice One',
    botId: 'b07b07b0-0001-4b1e-9f6a-77aa88bb9901',
    members: [ADA, ALICE],
    projects: [rocket, garden],
  }
  const two: Workspace = {
    id: 'c1a7e0d4-0002-4b1e-9f6a-77aa88bb9902',
    slug: 'practice-two',
    name: 'Practice Two',
    botId: 'b07b07b0-0002-4b1e-9f6a-77aa88bb9902',
    members: [ALICE],
    projects: [library],
  }
  fill(one, rocket, ['Check the fuel gauge', 'Paint the fins', 'Write the countdown'])
  fill(one, garden, ['Water the beans'])
  fill(two, library, ['Sort the returns', 'Mend the ladder'])
  return [one, two]
}
