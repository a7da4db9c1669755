// A server that is everything at once, on loopback: authorization server, API and issuer. Each place on it is a base
// address of its own, sound until one of its endpoints is struck with a shape. It remembers every secret it was sent.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Shape } from './hostile-shapes.ts'

export type Endpoint =
  | 'authorize'
  | 'token'
  | 'device'
  | 'me'
  | 'workspaces'
  | 'tokeninfo'
  | 'revoke'
  | 'metadata'
  | 'thing'

export interface Place {
  baseUrl: string
  /** Every request to this endpoint is answered so from now on. */
  strike(endpoint: Endpoint, shape: Shape): void
  /** Requests to struck endpoints. */
  struck: number
  /** The codes that the token endpoint was sent. */
  codes: string[]
  /** What it was sent and what it gave that is secret. */
  secrets: Set<string>
}

export interface HostileServer {
  place(): Place
  /** Requests that came where only a followed redirect leads. */
  strayed: string[]
  close(): Promise<void>
}

const secretParameters = ['code', 'code_verifier', 'client_secret', 'refresh_token', 'token', 'password', 'device_code']

export async function startHostileServer(): Promise<HostileServer> {
  const places = new Map<string, Place & { shapes: Map<Endpoint, Shape> }>()
  const strayed: string[] = []
  let made = 0

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '', 'http://localhost')
    let body = ''
    for await (const chunk of request) body += chunk
    const place = places.get(/\/place-\d+/.exec(pathname)?.[0] ?? '')
    if (!place) {
      // Discovery also asks for the metadata of the host itself.
      if (pathname === '/.well-known/oauth-protected-resource') return void response.writeHead(404).end()
      strayed.push(`${request.method} ${pathname}`)
      return void response.writeHead(200).end('{}')
    }
    const endpoint = endpointOf(pathname)
    const sent = secretsIn(request, body)
    for (const secret of sent) place.secrets.add(secret)
    place.codes.push(...formOf(body).getAll('code'))
    const good = goodAnswer(endpoint, place)
    const shape = place.shapes.get(endpoint)
    response.on('error', () => undefined)
    if (!shape) return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(good))
    place.struck += 1
    shape.answer({ response, good, sent, elsewhere: `${origin.replace('127.0.0.1', 'localhost')}/elsewhere` })
  }

  const server = createServer((request, response) => void answer(request, response).catch(() => response.destroy()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  return {
    strayed,
    place() {
      made += 1
      const path = `/place-${made}`
      const shapes = new Map<Endpoint, Shape>()
      const place = {
        baseUrl: origin + path,
        shapes,
        struck: 0,
        codes: [],
        secrets: new Set<string>(),
        strike: (endpoint: Endpoint, shape: Shape) => void shapes.set(endpoint, shape),
      }
      places.set(path, place)
      return place
    },
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

function endpointOf(pathname: string): Endpoint {
  if (pathname.includes('/.well-known/')) return 'metadata'
  return (pathname.split('/').at(-1) ?? '') as Endpoint
}

/** A form, also where it was sent as JSON. */
function formOf(body: string): URLSearchParams {
  return new URLSearchParams(body.startsWith('{') ? Object.entries<string>(JSON.parse(body)) : body)
}

function secretsIn({ headers: { authorization } }: IncomingMessage, body: string): string[] {
  const form = formOf(body)
  const given = secretParameters.flatMap((name) => form.getAll(name))
  const credentials = authorization?.replace(/^\w+ /, '')
  return [...given, ...(credentials ? [credentials] : [])].filter((secret) => secret.length > 5)
}

let issued = 0

function goodAnswer(endpoint: Endpoint, { baseUrl, secrets }: Place): Record<string, unknown> {
  issued += 1
  const fresh = (kind: string) => {
    const secret = `${kind}-${issued}-9f8e7d6c5b4a`
    secrets.add(secret)
    return secret
  }
  switch (endpoint) {
    case 'token':
      return {
        access_token: fresh('accesstoken'),
        token_type: 'Bearer',
        expires_in: 3600,
        refresh_token: fresh('refreshtoken'),
        scope: 'read write',
      }
    case 'device':
      return {
        device_code: fresh('devicecode'),
        user_code: 'ABCD-EFGH',
        verification_uri: `${baseUrl}/authorize`,
        expires_in: 600,
        interval: 1,
      }
    case 'me':
      return { id: '1', name: 'Alice', scopes: ['read'] }
    case 'workspaces':
      return { items: [{ id: 'w1', name: 'Works' }] }
    case 'tokeninfo':
      return { scope: 'read', expires_in: 3600 }
    case 'metadata':
      return {
        issuer: baseUrl,
        authorization_endpoint: `${baseUrl}/authorize`,
        token_endpoint: `${baseUrl}/token`,
        response_types_supported: ['code'],
      }
    default:
      return { fine: true }
  }
}
