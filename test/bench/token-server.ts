// An authorization server and its API for the bench: as quick as a server can be, or with the latency it is told to have.
// Each account has one refresh token, replaced at every refresh.
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export interface TokenServer {
  baseUrl: string
  /** Milliseconds before each answer. */
  latency: number
  /** How many token requests came so far. */
  tokenRequests: number
  close(): Promise<void>
}

async function read(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

export async function startTokenServer(): Promise<TokenServer> {
  let issued = 0
  function answerTo(url: URL): { status: number; location?: string; json?: unknown } {
    if (url.pathname === '/authorize') {
      const back = new URL(url.searchParams.get('redirect_uri') ?? '')
      back.searchParams.set('code', 'code')
      back.searchParams.set('state', url.searchParams.get('state') ?? '')
      return { status: 302, location: back.href }
    }
    if (url.pathname === '/me') return { status: 200, json: { id: 1, name: 'Ada' } }
    if (url.pathname !== '/token') return { status: 404 }
    bench.tokenRequests += 1
    issued += 1
    const tokens = { access_token: `access-${issued}-0123456789abcdef`, refresh_token: `refresh-${issued}-0123456789` }
    return { status: 200, json: { ...tokens, token_type: 'Bearer', expires_in: 86_400 } }
  }
  const server = createServer(async (request, response) => {
    await read(request)
    if (bench.latency > 0) await pause(bench.latency)
    const { status, location, json } = answerTo(new URL(request.url ?? '/', bench.baseUrl))
    const headers = { 'content-type': 'application/json', ...(location ? { location } : {}) }
    response.writeHead(status, headers).end(json === undefined ? '' : JSON.stringify(json))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const bench: TokenServer = {
    baseUrl: `http://127.0.0.1:${port}`,
    latency: 0,
    tokenRequests: 0,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return bench
}
