// Who calls the practice Plane's API, whether they may, and how each generation of the API refuses. v1 answers
// `{"detail"}` and counts requests; v2 answers problem documents.
import type { ClientStore } from '../clients.ts'
import { type Answer, type Incoming, json } from '../http.ts'
import type { Quirks } from '../quirks.ts'
import type { RateLimit } from '../rate-limit.ts'
import type { IssuedToken, TokenStore } from '../token-store.ts'
import type { Installation, Installations } from './installations.ts'
import { covers } from './scopes.ts'
import type { Person, Workspace } from './workspaces.ts'

export type ApiVersion = 'v1' | 'v2'

export interface Caller {
  kind: 'user' | 'bot'
  person: Person
  /** Null for an API key, which may do all that its owner may. */
  scopes: Set<string> | null
  workspaces: Workspace[]
}

interface Need {
  version: ApiVersion
  stem?: string
  access?: 'read' | 'write'
}

export type Gate = (need: Need, answer: (caller: Caller, request: Incoming) => Answer) => (request: Incoming) => Answer

const PROBLEMS: Record<number, [code: string, detail: string]> = {
  402: ['payment_required', 'The plan of this workspace does not include this.'],
  401: ['unauthorized', 'Authentication credentials were not provided or are not valid.'],
  403: ['forbidden', 'The token does not hold a scope that this request needs.'],
  404: ['not_found', 'There is nothing here, or it belongs to someone else.'],
  429: ['rate_limited', 'Too many requests. Wait before the next one.'],
}

function problem(status: number, headers: Record<string, string> = {}): Answer {
  const [code, detail] = PROBLEMS[status] ?? ['error', 'Something went wrong.']
  return json(
    status,
    { type: `https://docs.plane.so/errors/${code}`, code, detail },
    { 'content-type': 'application/problem+json', ...headers },
  )
}

function refuse(version: ApiVersion, status: number, detail: string, headers: Record<string, string> = {}): Answer {
  return version === 'v2' ? problem(status, headers) : json(status, { detail }, headers)
}

const CHALLENGE = { 'www-authenticate': 'Bearer realm="api"' }

export interface AccessRules {
  store: TokenStore
  clients: ClientStore
  limit: RateLimit
  quirks: Quirks
  people: Person[]
  workspaces: Workspace[]
  installations: Installations
  /** API key → login of its owner. */
  keys: Map<string, string>
}

function callerOfKey(key: string, rules: AccessRules): Caller | null {
  const person = rules.people.find(({ login }) => login === rules.keys.get(key)) ?? null
  return (
    person && {
      kind: 'user',
      person,
      scopes: null,
      workspaces: rules.workspaces.filter((one) => one.members.includes(person)),
    }
  )
}

/** The application's bot: a member of the workspace that it was installed in, named after it. */
function botOf(installation: Installation, clients: ClientStore): Person {
  const name = clients.find(installation.clientId)?.name ?? installation.clientId
  const { botId, slug } = installation.workspace
  return {
    id: botId,
    login: `bot-${slug}`,
    first_name: name,
    display_name: `${name} bot`,
    email: `bot-${slug}@practice.example`,
  }
}

function callerOfToken(token: IssuedToken, rules: AccessRules): Caller | null {
  const { scopes } = token
  const visible = rules.installations.visibleTo(token)
  const workspaces = visible.map(({ workspace }) => workspace)
  if (token.kind === 'bot') {
    const [installation] = visible
    return installation ? { kind: 'bot', person: botOf(installation, rules.clients), scopes, workspaces } : null
  }
  const person = rules.people.find(({ login }) => login === token.login)
  return person ? { kind: 'user', person, scopes, workspaces } : null
}

function badKeyStatus(version: ApiVersion, { quirks }: AccessRules): number {
  if (quirks.isOn('bad-key-401')) return 401
  return quirks.isOn('bad-key-403') || version === 'v1' ? 403 : 401
}

/** Each generation's 429; `reset` in epoch seconds. */
export function tooManyRequests(version: ApiVersion, reset: number): Answer {
  const wait = { 'retry-after': String(Math.max(1, reset - Math.floor(Date.now() / 1000))) }
  if (version === 'v2') return problem(429, wait)
  const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) }
  return json(429, { error_code: 5900, error_message: 'RATE_LIMIT_EXCEEDED' }, headers)
}

/** The caller, or the refusal to answer with. */
export function identifyCaller(request: Incoming, version: ApiVersion, rules: AccessRules): Caller | Answer {
  const key = request.headers['x-api-key']
  // Django REST Framework answers 403 here, because the API key's authentication class names no scheme.
  if (typeof key === 'string')
    return callerOfKey(key, rules) ?? refuse(version, badKeyStatus(version, rules), 'Given API token is not valid')
  const presented = rules.store.present(request.headers)
  if (presented.state === 'absent')
    return refuse(version, 401, 'Authentication credentials were not provided.', CHALLENGE)
  const caller = presented.state === 'active' ? callerOfToken(presented.token, rules) : null
  if (caller) return caller
  return refuse(version, 401, 'Given token is not valid', {
    'www-authenticate': 'Bearer realm="api", error="invalid_token"',
  })
}

/** Guards a route: counts the request, identifies the caller, checks the scope. */
export function createGate(rules: AccessRules): Gate {
  return ({ version, stem, access = 'read' }, answer) =>
    (request) => {
      const credential = String(request.headers['x-api-key'] ?? request.headers.authorization ?? '')
      const { allowed, remaining, reset } = rules.limit.count(credential)
      const headers: Record<string, string> =
        version === 'v1' ? { 'x-ratelimit-remaining': String(remaining), 'x-ratelimit-reset': String(reset) } : {}
      const decide = (): Answer => {
        if (!allowed) return tooManyRequests(version, reset)
        if (rules.quirks.isOn('payment-required'))
          return refuse(version, 402, 'Payment required. The plan of this workspace does not include this.')
        const caller = identifyCaller(request, version, rules)
        if ('status' in caller) return caller
        if (stem && !covers(caller.scopes, stem, access))
          return refuse(version, 403, 'You do not have permission to perform this action.')
        return answer(caller, request)
      }
      const decided = decide()
      return { ...decided, headers: { ...decided.headers, ...headers } }
    }
}
