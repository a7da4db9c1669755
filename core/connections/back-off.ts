// Exponential backoff for automatic renewal, one entry per possible cause: a network outage delays every connection, a
// server's outage its own connections, anything else a single connection.
import type { ConnectionView } from '../../contract/connection.ts'
import type { Failure } from '../../contract/failure.ts'
import { Problem } from '../problem.ts'

/** Something that keeps failing. */
export interface Outage {
  /** What is wrong, in one sentence. */
  for: string
  since: number
  /** Not tried before (ms). */
  until: number
  failures: number
}

export interface BackOff {
  /** The outage that delays this connection longest, if any. */
  of(connection: Connected): Outage | null
  /** Causes that failed before, which only one connection should try at a time. */
  suspects(connection: Connected): string[]
  failed(connection: Connected, error: unknown, now: number): void
  /** The connection's server answered. */
  answered(connection: Connected): void
  /** The machine slept, or its clock was changed: starts over. */
  forget(): void
}

type Connected = Pick<ConnectionView, 'id' | 'baseUrl'>

/** The first pause is between half of this and all of it (ms). */
const first = 15_000
const longest = 15 * 60_000
/** The longest pause while offline (ms): the network may be back at any moment, and trying is cheap. */
const longestOffline = 2 * 60_000
const everything = 'everything'

/** Error codes that mean our own network is down. */
const offline = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
  'PROXY_UNREACHABLE',
])

export function createBackOff(random: () => number): BackOff {
  const outages = new Map<string, Outage>()
  const keysOf = ({ id, baseUrl }: Connected) => [everything, originOf(baseUrl), id]

  function note(key: string, words: string, now: number, { most = longest, notBefore = 0 } = {}): void {
    const before = outages.get(key)
    // Started before the outage was known: the same failure, not another one.
    if (before && now < before.until && notBefore <= before.until) return
    const failures = (before?.failures ?? 0) + 1
    const pause = Math.min(most, first * 2 ** (failures - 1)) * (0.5 + random() / 2)
    const until = Math.max(now + pause, notBefore)
    outages.set(key, { for: words, since: before?.since ?? now, until, failures })
  }

  return {
    of(connection) {
      if (outages.size === 0) return null
      const found = keysOf(connection).flatMap((key) => outages.get(key) ?? [])
      return found.toSorted((one, other) => other.until - one.until)[0] ?? null
    },
    suspects: (connection) => (outages.size === 0 ? [] : keysOf(connection).filter((key) => outages.has(key))),
    failed(connection, error, now) {
      const failure = error instanceof Problem ? error.failure : null
      const words = failure?.message ?? 'Something went wrong inside Grantdesk.'
      const [all, origin, id] = keysOf(connection) as [string, string, string]
      const away = failure?.kind === 'network' && offline.has(failure.code ?? '')
      const most = away ? longestOffline : longest
      note(isOfServer(failure) ? origin : id, words, now, { most, notBefore: retryAtOf(failure) })
      if (away) note(all, words, now, { most })
    },
    answered(connection) {
      for (const key of keysOf(connection)) outages.delete(key)
    },
    forget: () => outages.clear(),
  }
}

function originOf(baseUrl: string): string {
  return URL.parse(baseUrl)?.origin ?? baseUrl
}

function isOfServer(failure: Failure | null): boolean {
  return failure?.kind === 'network' || failure?.kind === 'timed_out' || failure?.kind === 'unexpected_answer'
}

function retryAtOf(failure: Failure | null): number {
  return failure?.kind === 'unexpected_answer' ? (failure.retryAt ?? 0) : 0
}
