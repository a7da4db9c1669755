// The checks of a request that need no secret (promise 10), before it is processed: no repeated headers, our Host, our Origin, a
// fetch from our own page, the right method, a JSON body of limited size.

import type { IncomingHttpHeaders } from 'node:http'
import { largestCall } from './largest-call.ts'

/** The part of Node's IncomingMessage that is checked. */
export interface Asked {
  httpVersion: string
  method?: string
  url?: string
  headers: IncomingHttpHeaders
  rawHeaders: string[]
}

export interface Refused {
  status: number
  why: string
  headers?: Record<string, string>
}

/** Headers that a browser does not send here, and with which two parties could read one request differently. */
const refusedHeaders = ['transfer-encoding', 'content-encoding', 'upgrade', 'expect', 'trailer', 'te']

/** Why a request is refused; `null` if it is not. `doorPath` is the only path for POST. */
export function refuseRequest(asked: Asked, port: number, doorPath: string): Refused | null {
  return refuseHeaders(asked) ?? refuseTarget(asked) ?? refuseSource(asked, port) ?? refuseMethod(asked, doorPath)
}

function refuseHeaders({ httpVersion, rawHeaders, headers }: Asked): Refused | null {
  if (httpVersion !== '1.1') return { status: 505, why: 'Only HTTP/1.1 is spoken here.' }
  const seen = new Set<string>()
  for (const name of rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase())) {
    if (seen.has(name)) return { status: 400, why: 'A header was sent twice.' }
    seen.add(name)
  }
  if (refusedHeaders.some((name) => headers[name] !== undefined)) {
    return { status: 400, why: 'A header was sent that has no place here.' }
  }
  return null
}

function refuseTarget({ url = '' }: Asked): Refused | null {
  if (!url.startsWith('/') || url.startsWith('//') || url.includes('\\')) {
    return { status: 400, why: 'The request target is not a path.' }
  }
  return null
}

/** Against DNS rebinding, and against other pages in the same browser. */
function refuseSource({ method, headers, url }: Asked, port: number): Refused | null {
  const { host, origin } = headers
  if (host === undefined || !ownHosts(port).includes(host))
    return { status: 421, why: 'This is not the host asked for.' }
  if (origin === undefined ? method === 'POST' : origin !== `http://${host}`) {
    return { status: 403, why: 'The request comes from another page.' }
  }
  const site = headers['sec-fetch-site']
  if (site === undefined || site === 'same-origin') return null
  if (method === 'GET' && (site === 'none' || bringsTicket(url))) return null
  return { status: 403, why: 'The request comes from another page.' }
}

/** The page that opens the browser is a file, which counts as another site; the ticket authorizes that request. */
function bringsTicket(url = ''): boolean {
  return url.startsWith('/?ticket=')
}

function ownHosts(port: number): string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]
}

function refuseMethod(asked: Asked, doorPath: string): Refused | null {
  const allowed = asked.url === doorPath ? 'POST' : 'GET'
  if (asked.method !== allowed) return { status: 405, why: 'Wrong method.', headers: { allow: allowed } }
  return allowed === 'POST' ? refuseBody(asked.headers) : refuseAnyBody(asked.headers)
}

function refuseBody(headers: IncomingHttpHeaders): Refused | null {
  if (!/^application\/json(;\s*charset=utf-8)?$/i.test(headers['content-type'] ?? '')) {
    return { status: 415, why: 'The body must be application/json.' }
  }
  const length = headers['content-length']
  if (length === undefined) return { status: 411, why: 'The length of the body is missing.' }
  return Number(length) > largestCall ? { status: 413, why: 'The body is too large.' } : null
}

function refuseAnyBody(headers: IncomingHttpHeaders): Refused | null {
  return Number(headers['content-length'] ?? 0) === 0 ? null : { status: 400, why: 'This request has no body.' }
}
