// The practice Planio's data: three projects, one of them private, with issues and time entries. Issues that a test
// request creates are lost when the service closes.
export interface User {
  id: number
  login: string
  firstname: string
  lastname: string
  mail: string
  admin: boolean
  api_key: string
}

export interface Project {
  id: number
  name: string
  identifier: string
  is_public: boolean
}

export interface Issue {
  id: number
  project: Project
  subject: string
  description: string
  author: User
  assignee: User | null
  created_on: string
}

export interface TimeEntry {
  id: number
  project: Project
  issue: Issue
  user: User
  hours: number
  comments: string
  spent_on: string
}

export interface Tracker {
  users: User[]
  projects: Project[]
  issues: Issue[]
  timeEntries: TimeEntry[]
  addIssue(issue: Omit<Issue, 'id' | 'created_on'>): Issue
}

/** Redmine's times have no milliseconds. */
const stamp = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`

function user(id: number, login: string, firstname: string, admin: boolean): User {
  const mail = `${login}@practice.example`
  return { id, login, firstname, lastname: 'Practice', mail, admin, api_key: `planio-practice-key-${login}-0123456789` }
}

/** Makes the tracker of one practice instance. */
export function createTracker(): Tracker {
  const ada = user(5, 'ada', 'Ada', true)
  const alice = user(6, 'alice', 'Alice', false)
  const website: Project = { id: 1, name: 'Website', identifier: 'website', is_public: true }
  const handbook: Project = { id: 2, name: 'Handbook', identifier: 'handbook', is_public: true }
  const budget: Project = { id: 3, name: 'Budget', identifier: 'budget', is_public: false }
  const issues: Issue[] = []
  const addIssue: Tracker['addIssue'] = (issue) => {
    const added = { ...issue, id: issues.length + 101, created_on: stamp(new Date()) }
    issues.push(added)
    return added
  }
  const header = addIssue({
    project: website,
    subject: 'The header wraps on small screens',
    description: '',
    author: ada,
    assignee: alice,
  })
  addIssue({ project: website, subject: 'Add a page for opening hours', description: '', author: alice, assignee: ada })
  const chapter = addIssue({
    project: handbook,
    subject: 'First chapter',
    description: 'Where to begin.',
    author: ada,
    assignee: ada,
  })
  addIssue({ project: budget, subject: 'Plan next year', description: '', author: ada, assignee: null })
  return {
    users: [ada, alice],
    projects: [website, handbook, budget],
    issues,
    timeEntries: [
      {
        id: 1,
        project: website,
        issue: header,
        user: alice,
        hours: 1.5,
        comments: 'Narrow layout',
        spent_on: '2026-01-14',
      },
      { id: 2, project: handbook, issue: chapter, user: ada, hours: 3, comments: '', spent_on: '2026-01-15' },
    ],
    addIssue,
  }
}
