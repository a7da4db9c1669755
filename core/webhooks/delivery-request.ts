// Decides what a request to the listener is, and reads its body within bounds. A tunnel may send any Host, so what keeps others
// out is the path, which nobody can guess, and that no page of a browser is let in.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { longestDelivery, type RefusedDelivery } from '../../contract/webhook.ts'
import type { HeaderList } from './received.ts'

/** The status of the answer; one that was cut off gets none. */
export const statusOf: Record<RefusedDelivery, number> = {
  path: 404,
  method: 405,
  browser: 403,
  body_too_large: 413,
  headers_too_large: 431,
  too_slow: 408,
  cut_off: 400,
  malformed: 400,
  busy: 503,
  vault_locked: 503,
  unwritten: 503,
}

/** Why a request is refused before its body is read; `null` if it is not. */
export function refusedRequest(request: IncomingMessage, path: string): RefusedDelivery | null {
  const { headers, method, url = '' } = request
  if (!isSame(url.split('?')[0] ?? '', path)) return 'path'
  if (method !== 'POST') return 'method'
  if (headers.origin !== undefined || headers['sec-fetch-site'] !== undefined) return 'browser'
  return Number(headers['content-length'] ?? 0) > longestDelivery ? 'body_too_large' : null
}

/** In constant time. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(one), digest(other))
}

/** The whole body, whose size is taken from the budget, or why it was not read; then the budget is as it was. */
export function readBody(request: IncomingMessage, budget: { left: number }): Promise<Buffer | RefusedDelivery> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    let size = 0
    let isOver = false
    const fail = (reason: RefusedDelivery) => {
      if (isOver) return
      isOver = true
      budget.left += size
      chunks.length = 0
      resolve(reason)
    }
    request.on('data', (chunk: Buffer) => {
      if (isOver) return
      if (size + chunk.length > longestDelivery) return fail('body_too_large')
      if (chunk.length > budget.left) return fail('busy')
      budget.left -= chunk.length
      size += chunk.length
      chunks.push(chunk)
    })
    request.on('end', () => {
      if (!isOver) resolve(Buffer.concat(chunks, size))
      isOver = true
    })
    request.on('error', () => fail('cut_off'))
  })
}

/** As they came. */
export function headerPairs({ rawHeaders }: Pick<IncomingMessage, 'rawHeaders'>): HeaderList {
  const pairs: [string, string][] = []
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) pairs.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? ''])
  return pairs
}
