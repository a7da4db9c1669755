// The little HTTP that practice needs: whole requests, responses as plain data, routes by pattern. Knows nothing of
// services or OAuth.
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'

export interface Incoming {
  method: string
  path: string
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: Buffer
  params: Record<string, string>
}

export interface Answer {
  status: number
  headers?: Record<string, string>
  body?: string
}

export interface Route {
  method: 'GET' | 'POST'
  /** Segments that begin with a colon are parameters; a trailing slash counts. */
  pattern: string
  answer(request: Incoming): Answer | Promise<Answer>
}

const BODY_LIMIT = 1024 * 1024

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) }
}

export function html(status: number, page: string, headers: Record<string, string> = {}): Answer {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8', ...headers }, body: page }
}

export function empty(status: number, headers: Record<string, string> = {}): Answer {
  return { status, headers }
}

/** Reads a whole request; rejects if the body is larger than a megabyte. */
export async function readRequest(request: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > BODY_LIMIT) throw new Error('The request body is larger than a megabyte')
    chunks.push(chunk)
  }
  const url = new URL(request.url ?? '/', 'http://practice.invalid')
  return {
    method: request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET'),
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks),
    params: {},
  }
}

export function writeAnswer(response: ServerResponse, answer: Answer): void {
  const body = answer.body ?? ''
  response.writeHead(answer.status, {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...answer.headers,
    'content-length': String(Buffer.byteLength(body)),
  })
  response.end(body)
}

/** Parses a form body; a JSON object is read as a form of its string members. */
export function readForm(request: Incoming): URLSearchParams {
  const text = request.body.toString('utf8')
  if (!String(request.headers['content-type'] ?? '').includes('json')) return new URLSearchParams(text)
  const form = new URLSearchParams()
  for (const [name, value] of Object.entries(readJson(request) ?? {})) form.set(name, String(value))
  return form
}

/** Parses a JSON object; undefined if the body is anything else. */
export function readJson(request: Incoming): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(request.body.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

/** Whether a page of another origin sent the request. Programs that are not browsers send no Origin. */
export function comesFromElsewhere({ headers, method }: Incoming, ownOrigin: string): boolean {
  if (headers.origin !== undefined) return headers.origin !== ownOrigin
  const site = headers['sec-fetch-site']
  return method !== 'GET' && site !== undefined && site !== 'same-origin' && site !== 'none'
}

function matchPattern(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/')
  const found = path.split('/')
  if (wanted.length !== found.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, segment] of wanted.entries()) {
    const value = found[index] ?? ''
    if (segment.startsWith(':') && value !== '') params[segment.slice(1)] = value
    else if (segment !== value) return undefined
  }
  return params
}

/** Finds the route of a request and its path parameters. */
export function findRoute(routes: Route[], request: Incoming): { route: Route; params: Record<string, string> } | null {
  for (const route of routes) {
    const params = route.method === request.method ? matchPattern(route.pattern, request.path) : undefined
    if (params) return { route, params }
  }
  return null
}

/** Reads a whole number from a query, clamped to its bounds. */
export function readCount(query: URLSearchParams, name: string, fallback: number, most = 100): number {
  const value = Number.parseInt(query.get(name) ?? '', 10)
  return Number.isNaN(value) || value < 0 ? fallback : Math.min(value, most)
}
