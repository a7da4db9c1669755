// When to retry a failed request within an operation that somebody waits for: a few quick tries with full jitter, so that many
// clients that failed together do not retry together. The operation decides which requests may be repeated.
import type { Waiting } from '../../contract/connection.ts'
import type { EventOf } from '../../contract/flow/event.ts'
import { isLasting, outageWords } from '../../contract/flow/trouble-words.ts'
import type { Pause } from '../ports.ts'
import { Problem, problem } from '../problem.ts'
import { recordCancelled } from './decisions.ts'
import { ExchangeProblem, wasNeverSent } from './network.ts'
import { isOutage, retryAt, wasTurnedAway } from './outage.ts'
import type { Recording } from './recording.ts'

/** An operation's limits for retries. Times in ms. */
export interface Limits {
  /** How many retries the operation may use in total. */
  repeats: number
  /** The upper bound of the first pause; doubled for each further one. */
  first: number
  /** The longest pause: rather than wait longer, fail and say when to try again. */
  longest: number
  /** No retries once the operation has taken this long. */
  within: number
}

/** For an operation that a person or program waits for: ends within seconds, unless the server is slow. */
export const interactive: Limits = { repeats: 2, first: 800, longest: 5_000, within: 20_000 }
/** For an operation that is repeated later anyway. */
export const noRetries: Limits = { repeats: 0, first: 0, longest: 0, within: 0 }

/**
 * `unsent`: only requests that cannot have reached the server. `always`: also those that it may have processed.
 */
export type Repeatable = 'unsent' | 'always'

/** One operation's retries: its tries and its time are shared by all its requests. */
export interface RetryPolicy {
  over(fetch: typeof globalThis.fetch, repeatable: Repeatable): typeof globalThis.fetch
  /** Whether the server may have processed a request of `over` to which no response came. */
  readonly unanswered: boolean
}

export interface RetryPolicyDeps {
  pause: Pause
  /** From 0 to 1. */
  random: () => number
  recording: Recording
  /** Ends a pause; the result of the last try is used. */
  signal: AbortSignal
  /** Ends a pause or a running request with `cancelled`, and sends nothing more. */
  cancelled: AbortSignal
  /** Called with what is waited for; with `null` when the wait is over. */
  onWait(waiting: Waiting | null): void
}

interface FailedTry {
  words: string
  /** The same as a fact. */
  fact: EventOf<'wait'>['trouble']
  /** Whether the server cannot have processed it. */
  notProcessed: boolean
  /** When to try again, if the server said so (ms since the epoch). */
  until: number | null
  retryable: boolean
}

type Tried = { response: Response } | { error: unknown }

export function createRetryPolicy(deps: RetryPolicyDeps, limits: Limits = interactive): RetryPolicy {
  const { recording, random, signal, cancelled } = deps
  const noLonger = AbortSignal.any([signal, cancelled])
  const startedAt = performance.now()
  let repeats = 0
  let unanswered = false
  let isCancelledTold = false

  /** The pause before another try (ms); `null` if there is none. */
  function pauseBefore({ until, retryable, notProcessed }: FailedTry, repeatable: Repeatable): number | null {
    if (!retryable || !(notProcessed || repeatable === 'always')) return null
    if (repeats >= limits.repeats || performance.now() - startedAt > limits.within) return null
    const asked = until === null ? null : Math.max(0, until - recording.now())
    const ms =
      asked === null
        ? random() * Math.min(limits.longest, limits.first * 2 ** repeats)
        : // Not before the time that the server gave, and not all clients at the same moment.
          asked + random() * limits.first
    return ms > limits.longest ? null : ms
  }

  function recordIfCancelled(): void {
    if (!cancelled.aborted || isCancelledTold) return
    isCancelledTold = true
    recordCancelled(recording)
  }

  function refuseIfCancelled(): void {
    recordIfCancelled()
    if (cancelled.aborted) throw problem('cancelled', 'This was cancelled.')
  }

  async function wait(ms: number, { words, fact }: FailedTry): Promise<void> {
    const now = recording.now()
    const until = now + ms
    const over = recording.wait({ for: 'pause', until, trouble: fact, retry: { number: repeats, of: limits.repeats } })
    deps.onWait({ for: words, since: now, until })
    await deps.pause(ms, noLonger)
    over(noLonger.aborted ? 'cancelled' : 'over')
    deps.onWait(null)
  }

  return {
    get unanswered() {
      return unanswered
    },
    over: (fetch, repeatable) => async (input, init) => {
      for (;;) {
        refuseIfCancelled()
        const tried = await once(endedBy(cancelled, fetch), input, init)
        recordIfCancelled()
        const trouble = troubleIn(tried, recording.now())
        if (trouble && !trouble.notProcessed) unanswered = true
        const ms = trouble && pauseBefore(trouble, repeatable)
        if (trouble === null || ms === null || signal.aborted) return settled(tried)
        repeats += 1
        await wait(ms, trouble)
        if (signal.aborted) return settled(tried)
      }
    },
  }
}

/** The same fetch with another abort signal. */
function endedBy(signal: AbortSignal, fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return (input, init) =>
    fetch(input, { ...init, signal: AbortSignal.any([signal, ...(init?.signal ? [init.signal] : [])]) })
}

async function once(fetch: typeof globalThis.fetch, ...request: Parameters<typeof fetch>): Promise<Tried> {
  try {
    return { response: await fetch(...request) }
  } catch (error) {
    return { error }
  }
}

function settled(tried: Tried): Response {
  if ('error' in tried) throw tried.error
  return tried.response
}

/** Why a try failed; `null` if there was a response that is no outage. */
function troubleIn(tried: Tried, now: number): FailedTry | null {
  if ('response' in tried) {
    const { status, headers } = tried.response
    if (!isOutage(status)) return null
    const until = retryAt(headers, now)
    const fact = { kind: 'status' as const, status }
    return { words: `${outageWords(status)}.`, fact, notProcessed: wasTurnedAway(status), until, retryable: true }
  }
  const { error } = tried
  if (!(error instanceof Problem)) return null
  const { failure } = error
  const fact = error instanceof ExchangeProblem ? error.why : null
  const common = { words: failure.message, fact, until: null }
  // The request was sent; what the server made of it is not awaited.
  if (failure.kind === 'cancelled') return { ...common, notProcessed: false, retryable: false }
  if (failure.kind === 'timed_out') return { ...common, notProcessed: false, retryable: true }
  // A response that is not HTTP, or a redirect, will be the same a second later.
  if (failure.kind === 'unexpected_answer') return { ...common, notProcessed: false, retryable: false }
  if (failure.kind !== 'network') return null
  const { code } = failure
  return { ...common, notProcessed: wasNeverSent(code), retryable: !isLasting(code) }
}
