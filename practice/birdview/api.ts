// The practice Birdview's API: the tenant's account, people, projects and tasks.
import { messagePage } from '../consent-page.ts'
import { html, type Incoming, json, type Route, readCount } from '../http.ts'
import type { ServiceProfile } from '../profile.ts'
import type { TokenStore } from '../token-store.ts'
import { USERS, type User } from './users.ts'

const PROJECTS = [
  { id: 1, name: 'Office move', status: 'In progress', managerId: 7 },
  { id: 2, name: 'New brochure', status: 'Planned', managerId: 8 },
  { id: 3, name: 'Annual audit', status: 'In progress', managerId: 7 },
]
const TASKS = [
  { id: 11, name: 'Measure the rooms', projectId: 1, assigneeId: 7 },
  { id: 12, name: 'Order the boxes', projectId: 1, assigneeId: 8 },
  { id: 13, name: 'Choose the paper', projectId: 2, assigneeId: 8 },
]
const PATHS = [
  '/api/v1/users/current',
  '/api/v1/account',
  '/api/v1/projects?take=5&skip=0',
  '/api/v1/tasks/my?take=5',
  '/api/v1/users',
]

function slice<Row>(rows: Row[], request: Incoming): Row[] {
  const skip = readCount(request.query, 'skip', 0)
  return rows.slice(skip, skip + readCount(request.query, 'take', 50))
}

/** Administrators see every project, others only those they lead or work on. */
function projectsOf(user: User): typeof PROJECTS {
  if (user.roleName === 'Administrator') return PROJECTS
  const mine = new Set(TASKS.filter(({ assigneeId }) => assigneeId === user.id).map(({ projectId }) => projectId))
  return PROJECTS.filter(({ id, managerId }) => managerId === user.id || mine.has(id))
}

const withoutLogin = ({ login: _login, ...user }: User) => user

/** The API's routes. */
export function birdviewRoutes(store: TokenStore, brand: Pick<ServiceProfile, 'name' | 'colour'>): Route[] {
  const get = (pattern: string, answer: (user: User, request: Incoming) => unknown): Route => ({
    method: 'GET',
    pattern,
    answer(request) {
      const presented = store.present(request.headers)
      const login = presented.state === 'active' ? presented.token.login : null
      const user = USERS.find((one) => one.login === login)
      if (!user)
        return json(
          401,
          { message: 'Authorization has been denied for this request.' },
          { 'www-authenticate': 'Bearer' },
        )
      return json(200, answer(user, request))
    },
  })
  return [
    { method: 'GET', pattern: '/api/', answer: () => html(200, messagePage(brand, 'API', PATHS)) },
    get('/api/v1/users/current', withoutLogin),
    get('/api/v1/account', () => ({ id: 1, name: 'Practice tenant', timeZone: 'UTC', usersCount: USERS.length })),
    get('/api/v1/projects', (user, request) => slice(projectsOf(user), request)),
    get('/api/v1/tasks/my', (user, request) =>
      slice(
        TASKS.filter(({ assigneeId }) => assigneeId === user.id),
        request,
      ),
    ),
    get('/api/v1/users', (_user, request) => slice(USERS.map(withoutLogin), request)),
  ]
}
