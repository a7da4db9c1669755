// An authorization server and its API whose refresh tokens behave in each of the ways that real ones do. Every case under
// test has a state of its own, named by a header, so that a kill can be repeated from the same beginning.
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

type Answer = { status: number; json?: unknown; html?: string; location?: string }

function refusal(error: string, status = 400): Answer {
  return { status, json: { error } }
}

/** How refresh tokens change, how a dead one is refused, and what a revocation ends. */
interface RefreshTokenBehaviour {
  rotation:
    | 'none'
    | 'old dies at once'
    | 'old lives until new is used'
    | 'grace period'
    | 'reuse revokes the family'
    | 'same token again'
    | 'refresh token omitted'
  refusal?: Answer
  /** A revoked refresh token leaves its access tokens alive. */
  independentRevocation?: boolean
}

const refreshTokenBehaviours = {
  'no rotation': { rotation: 'none' },
  'old dies at once': { rotation: 'old dies at once' },
  'old lives until new is used': { rotation: 'old lives until new is used' },
  'grace period': { rotation: 'grace period' },
  'reuse revokes the family': { rotation: 'reuse revokes the family' },
  'same token again': { rotation: 'same token again' },
  'refresh token omitted': { rotation: 'refresh token omitted' },
  'refuses by 401 invalid_request': { rotation: 'old dies at once', refusal: refusal('invalid_request', 401) },
  'refuses by an empty 400': { rotation: 'reuse revokes the family', refusal: { status: 400 } },
  'refuses by 500 and a page': {
    rotation: 'old dies at once',
    refusal: { status: 500, html: '<!doctype html><title>Server Error (500)</title><h1>Server Error (500)</h1>' },
  },
  'revokes each token alone': { rotation: 'grace period', independentRevocation: true },
} as const satisfies Record<string, RefreshTokenBehaviour>

export type Behaviour = keyof typeof refreshTokenBehaviours
export const behaviours = Object.keys(refreshTokenBehaviours) as Behaviour[]

/** The header by which a request says which run it belongs to. */
export const runHeader = 'x-run'

interface Token {
  kind: 'access' | 'refresh'
  family: string
  alive: boolean
  /** The access token at whose first use this refresh token dies. */
  endsWith?: string
  replaced?: boolean
}

interface State {
  behaviour: Behaviour
  clientSecret: string
  tokens: Record<string, Token>
}

export interface RotationServer {
  baseUrl: string
  /** Begins a run, from another one's state where `from` is given. */
  open(name: string, behaviour: Behaviour, from?: string, clientSecret?: string): void
  close(): Promise<void>
}

const fresh = (kind: string) => `${kind}-${randomBytes(12).toString('hex')}`

export async function startRotationServer(): Promise<RotationServer> {
  const states = new Map<string, State>()
  const server = createServer(async (request, response) => {
    const state = states.get(String(request.headers[runHeader]))
    const answer = state ? answerTo(state, request, await bodyOf(request)) : { status: 404 }
    response.writeHead(answer.status, {
      'content-type': answer.html === undefined ? 'application/json' : 'text/html',
      connection: 'close',
      ...(answer.location ? { location: answer.location } : {}),
    })
    response.end(answer.html ?? (answer.json === undefined ? '' : JSON.stringify(answer.json)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    open(name, behaviour, from, clientSecret) {
      const origin = from === undefined ? undefined : states.get(from)
      const tokens = structuredClone(origin?.tokens ?? {})
      states.set(name, { behaviour, tokens, clientSecret: clientSecret ?? origin?.clientSecret ?? 'first secret' })
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

async function bodyOf(request: IncomingMessage): Promise<URLSearchParams> {
  let text = ''
  for await (const chunk of request) text += chunk
  return new URLSearchParams(text)
}

function answerTo(state: State, request: IncomingMessage, body: URLSearchParams): Answer {
  const url = new URL(request.url ?? '/', 'http://localhost')
  switch (url.pathname) {
    case '/authorize': {
      const back = new URL(url.searchParams.get('redirect_uri') ?? '')
      back.searchParams.set('code', fresh('code'))
      back.searchParams.set('state', url.searchParams.get('state') ?? '')
      return { status: 302, location: back.href }
    }
    case '/token':
      if (body.get('client_secret') !== state.clientSecret) return refusal('invalid_client', 401)
      return body.get('grant_type') === 'refresh_token'
        ? refresh(state, body.get('refresh_token') ?? '')
        : granted(state, fresh('family'), fresh('refresh'))
    case '/revoke':
      revoke(state, body.get('token') ?? '')
      return { status: 200, json: {} }
    case '/me': {
      const token = request.headers.authorization?.replace('Bearer ', '') ?? ''
      return use(state, token) ? { status: 200, json: { id: '1', name: 'ada' } } : refusal('invalid_token', 401)
    }
    // Asked by the check alone, after a restart: what is true at the server.
    case '/alive':
      return { status: 200, json: { alive: state.tokens[body.get('token') ?? '']?.alive ?? false } }
    default:
      return { status: 404 }
  }
}

/** A new access token in the family, with the refresh token that goes with it, or none in the answer. */
function granted(state: State, family: string, refreshToken: string | null): Answer {
  const accessToken = fresh('access')
  state.tokens[accessToken] = { kind: 'access', family, alive: true }
  if (refreshToken !== null) state.tokens[refreshToken] ??= { kind: 'refresh', family, alive: true }
  const named = refreshToken === null ? {} : { refresh_token: refreshToken }
  return { status: 200, json: { access_token: accessToken, token_type: 'bearer', expires_in: 3600, ...named } }
}

function refresh(state: State, sent: string): Answer {
  const token = state.tokens[sent]
  const { rotation, refusal: refused = refusal('invalid_grant') }: RefreshTokenBehaviour =
    refreshTokenBehaviours[state.behaviour]
  if (token?.kind !== 'refresh') return refused
  if (!token.alive) {
    if (token.replaced && rotation === 'reuse revokes the family') endFamily(state, token.family)
    return refused
  }
  const { family } = token
  switch (rotation) {
    case 'none':
      return granted(state, family, sent)
    case 'same token again':
      endFamily(state, family, 'access')
      return granted(state, family, sent)
    case 'refresh token omitted':
      endFamily(state, family, 'access')
      return granted(state, family, null)
    case 'grace period':
      return granted(state, family, fresh('refresh'))
    case 'old lives until new is used': {
      const answer = granted(state, family, fresh('refresh'))
      token.endsWith = (answer.json as { access_token: string }).access_token
      return answer
    }
    case 'old dies at once':
    case 'reuse revokes the family':
      endFamily(state, family)
      token.replaced = true
      return granted(state, family, fresh('refresh'))
  }
}

function endFamily(state: State, family: string, kind?: Token['kind']): void {
  for (const token of Object.values(state.tokens)) {
    if (token.family === family && (kind === undefined || token.kind === kind)) token.alive = false
  }
}

function revoke(state: State, sent: string): void {
  const token = state.tokens[sent]
  const { independentRevocation = false }: RefreshTokenBehaviour = refreshTokenBehaviours[state.behaviour]
  if (token?.kind === 'refresh' && !independentRevocation) endFamily(state, token.family)
  else if (token) token.alive = false
}

/** Whether the API takes it; a first use ends the refresh token that was waiting for it. */
function use(state: State, sent: string): boolean {
  const token = state.tokens[sent]
  if (token?.kind !== 'access' || !token.alive) return false
  for (const other of Object.values(state.tokens)) if (other.endsWith === sent) other.alive = false
  return true
}
