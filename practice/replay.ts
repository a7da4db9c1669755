// A request put together anew for oidc-provider, which reads streams and cookies: that is how one listener can accept
// the several forms a service accepts, and how the consent page works without a cookie.
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { Incoming } from './http.ts'
import type { Consent } from './profile.ts'

/** What to ask the provider. */
export interface Change {
  method: 'GET' | 'POST'
  url: string
  form?: URLSearchParams
  cookie?: string
  consent?: Consent
  /** What the token that this request brings is to remember. */
  remember?: Record<string, string>
}

/** Makes the request that the provider is to see in place of the one that came. */
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
