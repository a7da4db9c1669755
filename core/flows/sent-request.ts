// The request of an exchange: read off a call of fetch, changed by a redirect, and as it is recorded.
import type { RecordedRequest } from '../../contract/flow/exchange.ts'
import { problem } from '../problem.ts'
import { bodyText } from './bounded-body.ts'

/** How much of a body is recorded (bytes): enough to read, while hundreds of flows are kept. */
export const recordedBytes = 64 * 1024

export interface Sent {
  method: string
  headers: [string, string][]
  body: Uint8Array<ArrayBuffer> | null
}

/** The request that a fetch call would send. */
export async function spelledOut(
  input: Parameters<typeof fetch>[0],
  init?: RequestInit,
): Promise<Sent & { url: string }> {
  const request = sendable(input, init)
  const bytes = request.body === null ? null : new Uint8Array(await request.arrayBuffer())
  const headers = [...request.headers]
  return { url: request.url, method: request.method, headers, body: bytes }
}

/** Throws `not_supported`, because the platform's own exception would quote the header and thus the token. */
function sendable(input: Parameters<typeof fetch>[0], init?: RequestInit): Request {
  try {
    return new Request(input, { ...init, redirect: 'manual', signal: null })
  } catch {
    throw problem(
      'not_supported',
      'This request cannot be sent: its address or one of its headers, such as the one with the token, holds what HTTP cannot carry.',
      'Connect again for another token; if that does not help, tell the service’s operator.',
    )
  }
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-15.4 */
export function redirected(status: number, sent: Sent): Sent {
  const keeps = status === 307 || status === 308 || sent.method === 'GET' || sent.method === 'HEAD'
  if (keeps) return sent
  return { method: 'GET', headers: sent.headers.filter(([name]) => !name.startsWith('content-')), body: null }
}

export function recordedRequest({ method, headers, body }: Sent, url: string): RecordedRequest {
  const contentType = headers.find(([name]) => name === 'content-type')?.[1] ?? null
  const recorded = body && bodyText(body.subarray(0, recordedBytes), contentType)
  return { method, url, headers, body: recorded, truncated: body !== null && body.byteLength > recordedBytes }
}
