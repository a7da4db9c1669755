// Rebuilds a request for oidc-provider, which reads streams and cookies. So one listener can accept every form that a
// service accepts, and the consent page works without a cookie.
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { Incoming } from './http.ts'
import type { Consent } from './profile.ts'

/** The changes to make to the request. */
export interface Change {
  method: 'GET' | 'POST'
  url: string
  form?: URLSearchParams
  cookie?: string
  consent?: Consent
  /** Extra facts to store with this request's token. */
  remember?: Record<string, string>
}

/** The request that the provider sees instead of the original. */
export function replay(request: Incoming, change: Change, host: string): IncomingMessage {
  const body = change.form?.toString() ?? ''
  const headers: Record<string, string> = { host, accept: 'application/json' }
  if (change.cookie) headers.cookie = change.cookie
  if (change.form) {
    headers['content-type'] = 'application/x-www-form-urlencoded'
    headers['content-length'] = String(Buffer.byteLength(body))
    if (request.headers.authorization) headers.authorization = request.headers.authorization
  }
  return Object.assign(Readable.from(body ? [Buffer.from(body)] : []), {
    method: change.method,
    url: change.url,
    headers,
    httpVersion: '1.1',
    httpVersionMajor: 1,
    httpVersionMinor: 1,
    socket: { encrypted: false, remoteAddress: '127.0.0.1' },
  }) as unknown as IncomingMessage
}
