// When a server takes requests again, by its headers.
import type { EventOf } from '../../../contract/flow/event.ts'
import type { RecordedResponse } from '../../../contract/flow/exchange.ts'
import { rateLimitOf } from '../../requests/read-answer.ts'

/** Milliseconds from the answer on; `null` if it does not say, or says a time that has passed. */
export function waitAfter({ at, timing, response }: EventOf<'exchange'>): number | null {
  if (response === null) return null
  const answeredAt = at + (timing.waiting ?? 0)
  const resetsAt = rateLimitOf(response.headers, answeredAt)?.resetsAt ?? null
  return resetsAt === null || resetsAt <= answeredAt ? null : resetsAt - answeredAt
}

/** The headers that say it. @see RFC 9110 §10.2.3 */
export function limitHeaders({ headers }: RecordedResponse): [name: string, value: string][] {
  return headers.filter(([name]) => /^(?:retry-after|(?:x-)?ratelimit-.+)$/i.test(name))
}
