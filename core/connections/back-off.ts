// How long what failed is left alone: one entry for each thing that may be at fault, doubling with each failure. A network
// that is away holds everything back, a server in trouble its own connections, anything else the one connection.
import type { ConnectionView } from '../../contract/connection.ts'
import type { Failure } from '../../contract/failure.ts'
import { Problem } from '../problem.ts'

/** How something stands that keeps failing. */
export interface Outage {
  /** What is the matter, in one sentence. */
  for: string
  since: number
  /** Not tried before this moment (ms). */
  until: number
  failures: number
}

export interface BackOff {
  /** The outage that keeps this connection waiting longest; `null` where nothing does. */
  of(connection: Connected): Outage | null
  /** What must not be tried by two at once, because it failed before. */
  suspects(connection: Connected): string[]
  failed(connection: Connected, error: unknown, now: number): void
  /** Its server answered. */
  answered(connection: Connected): void
  /** The machine slept, or its clock was set: nothing of before counts. */
  forget(): void
}

type Connected = Pick<ConnectionView, 'id' | 'baseUrl'>

/** The first pause is from half of this to all of it (ms). */
const first = 15_000
const longest = 15 * 60_000
/** A network that is away may be back at any moment, and asking it costs nobody anything. */
const longestOffline = 2 * 60_000
const everything = 'everything'

/** What it looks like when it is our own network that is away. */
const offline = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'])

export function createBackOff(random: () => number): BackOff {
  const outages = new Map<string, Outage>()
  const keysOf = ({ id, baseUrl }: Connected) => [everything, originOf(baseUrl), id]

  function note(key: string, words: string, now: number, { most = longest, notBefore = 0 } = {}): void {
    const before = outages.get(key)
    // Begun before it was known: no further failure, but the same.
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
