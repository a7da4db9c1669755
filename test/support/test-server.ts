// A server on loopback that answers as a test tells it to; each request that reaches it is written down.
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http'
import { createServer as createSecureServer, type ServerOptions } from 'node:https'
import type { AddressInfo } from 'node:net'

export interface Asked {
  method: string
  path: string
  headers: IncomingHttpHeaders
  form: URLSearchParams
  body: string
}

export interface TestAnswer {
  status?: number
  json?: unknown
  headers?: Record<string, string>
}

export interface TestServer {
  baseUrl: string
  all: Asked[]
  to(path: string): Asked[]
  close(): void
}

/** Over https where `secure` is given. */
export async function openTestServer(
  answer: (asked: Asked) => TestAnswer,
  secure?: ServerOptions,
): Promise<TestServer> {
  const all: Asked[] = []
  const listener: RequestListener = async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const path = (request.url ?? '').split('?')[0] ?? ''
    const form = new URLSearchParams(body)
    const asked = { method: request.method ?? '', path, headers: request.headers, form, body }
    all.push(asked)
    const { status = 200, json, headers } = answer(asked)
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(json === undefined ? '' : JSON.stringify(json))
  }
  const server = (secure ? createSecureServer(secure, listener) : createServer(listener)).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const baseUrl = `${secure ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    baseUrl,
    all,
    to: (path) => all.filter((one) => one.path === path),
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
