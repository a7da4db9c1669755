// The policy of trying again: how often, how far apart, what is worth it, and what may not be sent twice.
import { describe, expect, it } from 'vitest'
import type { Waiting } from '../../../../contract/connection.ts'
import { createRetryPolicy, type Limits, noRetries, type RetryPolicy } from '../../../../core/flows/retry-policy.ts'
import { Problem, problem } from '../../../../core/problem.ts'
import { flowFixture } from './flow-fixture.ts'

const down = (code: string | null) => new Problem({ kind: 'network', message: 'It is down.', code })
const status = (code: number, headers: Record<string, string> = {}) => new Response(null, { status: code, headers })
type Answer = Response | Problem

interface Try {
  retryPolicy: RetryPolicy
  pauses: number[]
  waits: (Waiting | null)[]
  sent: () => number
  fetch: (repeatable: 'unsent' | 'always') => Promise<Response>
}

/** Answers one after the other, the last one for ever. */
function trying(
  answers: Answer[],
  more: {
    random?: () => number
    signal?: AbortSignal
    cancelled?: AbortSignal
    limits?: Limits
    onPause?: () => void
  } = {},
): Try {
  const pauses: number[] = []
  const waits: (Waiting | null)[] = []
  let sent = 0
  const recording = flowFixture().log.start({ kind: 'refresh', about: {}, serviceId: 'one' })
  const retryPolicy = createRetryPolicy(
    {
      pause: async (ms) => {
        pauses.push(ms)
        more.onPause?.()
      },
      random: more.random ?? (() => 0.5),
      recording,
      signal: more.signal ?? new AbortController().signal,
      cancelled: more.cancelled ?? new AbortController().signal,
      onWait: (waiting) => waits.push(waiting),
    },
    more.limits,
  )
  const network: typeof fetch = async () => {
    const answer = answers[Math.min(sent, answers.length - 1)]
    sent += 1
    if (answer instanceof Response) return answer
    throw answer
  }
  const send: Try['fetch'] = (repeatable) => retryPolicy.over(network, repeatable)('https://as.example/token')
  return { retryPolicy, pauses, waits, sent: () => sent, fetch: send }
}

it('sends an answered request once, whatever the answer says', async () => {
  for (const code of [200, 204, 400, 401, 403, 404]) {
    const one = trying([status(code)])
    expect((await one.fetch('always')).status).toBe(code)
    expect([one.sent(), one.pauses, one.retryPolicy.unanswered]).toEqual([1, [], false])
  }
})

it('goes on after the trouble, and tells what it waits for and when that is over', async () => {
  const one = trying([down('ECONNREFUSED'), status(503), status(200)])
  expect((await one.fetch('always')).status).toBe(200)
  expect(one.sent()).toBe(3)
  const until = (at: number) => 1000 + (one.pauses[at] ?? 0)
  expect(one.waits).toEqual([
    { for: 'It is down.', since: 1000, until: until(0) },
    null,
    { for: 'The server could not answer now (status 503).', since: 1000, until: until(1) },
    null,
  ])
})

it('gives up after two repeats, with the last answer', async () => {
  const failing = trying([down('ECONNREFUSED'), down('ECONNREFUSED'), down('ENOTFOUND')])
  await expect(failing.fetch('always')).rejects.toMatchObject({ failure: { code: 'ENOTFOUND' } })
  const busy = trying([status(503), status(500), status(502)])
  expect((await busy.fetch('always')).status).toBe(502)
  expect([failing.sent(), busy.sent()]).toEqual([3, 3])
})

it('has one budget of retries for all requests of an operation', async () => {
  const one = trying([status(503)])
  await one.fetch('always')
  await one.fetch('always')
  expect(one.sent()).toBe(4)
})

it('spreads its pauses over the whole of a span that doubles', async () => {
  const longest = trying([status(503)], { random: () => 1 })
  const shortest = trying([status(503)], { random: () => 0 })
  await longest.fetch('always')
  await shortest.fetch('always')
  expect(longest.pauses).toEqual([800, 1600])
  expect(shortest.pauses).toEqual([0, 0])
})

describe('a time that the server named', () => {
  it('is waited for, and a little longer', async () => {
    const one = trying([status(429, { 'retry-after': '3' }), status(200)], { random: () => 0.25 })
    expect((await one.fetch('always')).status).toBe(200)
    expect(one.pauses).toEqual([3_200])
  })

  it('is told at once where it is long', async () => {
    const one = trying([status(429, { 'retry-after': '60' })])
    expect((await one.fetch('always')).status).toBe(429)
    expect([one.sent(), one.pauses]).toEqual([1, []])
  })
})

describe('what may not be sent twice', () => {
  it.each([['ECONNREFUSED'], ['ENOTFOUND'], ['EAI_AGAIN'], ['ENETUNREACH'], ['EHOSTUNREACH']])(
    'is sent again after %s, for nothing was sent',
    async (code) => {
      const one = trying([down(code), status(200)])
      expect((await one.fetch('unsent')).status).toBe(200)
      expect(one.retryPolicy.unanswered).toBe(false)
    },
  )

  it.each<[string, Answer]>([
    ['a reset', down('ECONNRESET')],
    ['a broken pipe', down('EPIPE')],
    ['an end of unknown cause', down(null)],
    ['a time-out', problem('timed_out', 'Nothing came.')],
    ['a server that broke', status(500)],
    ['a gateway that gave up', status(504)],
  ])('is not after %s, and counts as unanswered', async (_name, answer) => {
    const one = trying([answer, status(200)])
    await one.fetch('unsent').catch(() => undefined)
    expect([one.sent(), one.retryPolicy.unanswered]).toEqual([1, true])
  })

  it.each([429, 503])('is sent again after %i, which took nothing up', async (code) => {
    const one = trying([status(code), status(200)])
    expect((await one.fetch('unsent')).status).toBe(200)
    expect(one.retryPolicy.unanswered).toBe(false)
  })
})

it.each<[string, Answer]>([
  ['a certificate that is not good', down('CERT_HAS_EXPIRED')],
  ['what is no HTTP', new Problem({ kind: 'unexpected_answer', message: 'No HTTP.', status: null })],
  ['a cancellation', problem('cancelled', 'Cancelled.')],
  ['what cannot be sent', problem('not_supported', 'No.')],
])('does not try again for %s', async (_name, answer) => {
  const one = trying([answer, status(200)])
  await expect(one.fetch('always')).rejects.toBe(answer)
  expect(one.sent()).toBe(1)
})

it('ends with the last answer when nobody waits any more', async () => {
  const stop = new AbortController()
  const one = trying([status(503), status(200)], { signal: stop.signal, onPause: () => stop.abort() })
  expect((await one.fetch('always')).status).toBe(503)
  expect(one.sent()).toBe(1)
})

describe('a cancellation', () => {
  it('ends a pause, sends nothing more, and leaves nothing in doubt where nothing was taken', async () => {
    const stop = new AbortController()
    const one = trying([down('ECONNREFUSED'), status(200)], { cancelled: stop.signal, onPause: () => stop.abort() })
    await expect(one.fetch('always')).rejects.toMatchObject({ failure: { kind: 'cancelled' } })
    expect([one.sent(), one.retryPolicy.unanswered, one.waits.at(-1)]).toEqual([1, false, null])
  })

  it('ends a request that has left, which counts as unanswered', async () => {
    const stop = new AbortController()
    const one = trying([], { cancelled: stop.signal })
    const left: typeof fetch = (_, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(problem('cancelled', 'Cancelled.')))
        stop.abort()
      })
    await expect(one.retryPolicy.over(left, 'always')('https://as.example/token')).rejects.toMatchObject({
      failure: { kind: 'cancelled' },
    })
    expect(one.retryPolicy.unanswered).toBe(true)
  })

  it('takes no answer away that has come', async () => {
    const stop = new AbortController()
    const one = trying([status(200)], { cancelled: stop.signal })
    const answered = one.fetch('always')
    stop.abort()
    expect((await answered).status).toBe(200)
  })
})

it('repeats nothing for an operation that is taken up again later', async () => {
  const one = trying([status(503), status(200)], { limits: noRetries })
  expect((await one.fetch('always')).status).toBe(503)
})
