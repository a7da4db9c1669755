// Who calls the practice Planio. An API key takes precedence over a Bearer token; an unknown token counts as anonymous and
// may read what is public; an expired or revoked one gets a 401 with an empty body.
import { type Answer, empty, type Incoming } from '../http.ts'
import type { Quirks } from '../quirks.ts'
import type { TokenStore } from '../token-store.ts'
import type { Project, Tracker, User } from './tracker.ts'

export interface Caller {
  user: User | null
  /** Null if scopes do not apply: for an API key, or anonymous. */
  scopes: Set<string> | null
}

export type PlanioGate = (
  permission: string | null,
  answer: (caller: Caller, request: Incoming) => Answer,
) => (request: Incoming) => Answer

const REFUSALS = {
  expired: 'The access token expired',
  revoked: 'The access token was revoked',
  unknown: 'The access token is invalid',
}

function refuseToken(state: keyof typeof REFUSALS): Answer {
  const description = REFUSALS[state]
  return empty(401, {
    'www-authenticate': `Bearer realm="Redmine", error="invalid_token", error_description="${description}"`,
  })
}

export const requireLogin = (): Answer => empty(401, { 'www-authenticate': 'Basic realm="Redmine API"' })

function identifyCaller(request: Incoming, store: TokenStore, tracker: Tracker, quirks: Quirks): Caller | Answer {
  const key = request.headers['x-redmine-api-key']
  const carriesToken = /^bearer /i.test(request.headers.authorization ?? '')
  if (key !== undefined && (quirks.isOn('key-beats-bearer') || !carriesToken))
    return { user: tracker.users.find(({ api_key }) => api_key === key) ?? null, scopes: null }
  const presented = store.present(request.headers)
  if (presented.state === 'expired' || presented.state === 'revoked') return refuseToken(presented.state)
  if (presented.state === 'unknown' && !quirks.isOn('unknown-is-nobody')) return refuseToken('unknown')
  if (presented.state !== 'active') return { user: null, scopes: null }
  return {
    user: tracker.users.find(({ login }) => login === presented.token.login) ?? null,
    scopes: presented.token.scopes,
  }
}

/** Allows a route only to callers with a permission. */
export function createPlanioGate(store: TokenStore, tracker: Tracker, quirks: Quirks): PlanioGate {
  return (permission, answer) => (request) => {
    if (quirks.isOn('rest-api-off')) return empty(403)
    const caller = identifyCaller(request, store, tracker, quirks)
    if ('status' in caller) return caller
    if (permission && caller.scopes && !caller.scopes.has(permission) && !caller.scopes.has('admin')) return empty(403)
    return answer(caller, request)
  }
}

export function seesProject(caller: Caller, project: Project): boolean {
  return project.is_public || caller.user?.login === 'ada'
}
