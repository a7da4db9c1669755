// The scheduler on a clock and a timer of the test's own: when it refreshes what, how many at once, and when it is quiet.
import { describe, expect, it } from 'vitest'
import type { ConnectionView, Waiting } from '../../../../contract/connection.ts'
import { createScheduler } from '../../../../core/connections/scheduler.ts'
import { Problem } from '../../../../core/problem.ts'
import { sampleConnection } from '../../headless/sample-connection.ts'

const hour = 3_600_000
const minute = 60_000
const start = Date.UTC(2026, 10, 22, 12)

type Answer = 'works' | 'never' | Problem

function down(code: string): Problem {
  return new Problem({ kind: 'network', message: `It is down (${code}).`, code })
}

const refused = new Problem({
  kind: 'refused',
  message: 'No.',
  by: 'token_endpoint',
  status: 400,
  error: 'invalid_grant',
  errorDescription: null,
})

/** A repeatable row of numbers from 0 to 1. */
function dice() {
  let state = 1
  return () => {
    state = (state * 16807) % 2147483647
    return state / 2147483647
  }
}

class TestApp {
  now = start
  /** Shifts of the clock that the timer does not see: a sleep, somebody who sets it. */
  private shift = 0
  views: ConnectionView[] = []
  begun: { id: string; at: number }[] = []
  news: string[] = []
  waiting = new Map<string, Waiting>()
  most = 0
  timers = 0
  mayBegin = true
  answer: (id: string) => Answer = () => 'works'
  private running = 0
  private alarms = new Map<number, { at: number; run: () => void }>()
  private made = 0

  readonly scheduler = createScheduler({
    clock: { now: () => this.now + this.shift },
    random: dice(),
    alarm: (ms, run) => {
      this.made += 1
      const key = this.made
      this.alarms.set(key, { at: this.now + ms, run })
      this.timers = Math.max(this.timers, this.alarms.size)
      return () => this.alarms.delete(key)
    },
    connections: {
      views: () => this.views,
      setWaiting: (id, waiting) => void (waiting ? this.waiting.set(id, waiting) : this.waiting.delete(id)),
    },
    mayBegin: () => this.mayBegin,
    onLook: () => undefined,
    refresh: (id, isNews) => this.refresh(id, isNews),
  })

  /** A connection whose token lives an hour from now, of a client that is used. */
  add(id: string, change: Partial<ConnectionView> = {}): void {
    const expires = { obtainedAt: this.now, expiresAt: this.now + hour }
    this.views.push(sampleConnection({ id, name: id, ...expires, ...change }))
  }

  private async refresh(id: string, isNews: (error: unknown) => boolean): Promise<void> {
    this.begun.push({ id, at: this.now - start })
    this.running += 1
    this.most = Math.max(this.most, this.running)
    const answer = this.answer(id)
    if (answer === 'never') await new Promise(() => undefined)
    await Promise.resolve()
    this.running -= 1
    const view = this.views.find((one) => one.id === id)
    if (!view) throw new Error('gone')
    if (answer === 'works') {
      const now = this.now + this.shift
      this.views = this.views.map((one) => (one === view ? { ...view, obtainedAt: now, expiresAt: now + hour } : one))
      return
    }
    if (answer === refused) {
      const status = { kind: 'needs_attention' as const, since: this.now, failure: refused.failure }
      this.views = this.views.map((one) => (one === view ? { ...view, status } : one))
    } else if (isNews(answer)) this.news.push(id)
    throw answer
  }

  /** Lets time pass, with every timer at its moment. */
  async pass(ms: number): Promise<void> {
    const until = this.now + ms
    for (;;) {
      const [key, alarm] = [...this.alarms].toSorted(([, one], [, other]) => one.at - other.at)[0] ?? []
      if (key === undefined || !alarm || alarm.at > until) break
      this.alarms.delete(key)
      this.now = Math.max(this.now, alarm.at)
      alarm.run()
      for (let turn = 0; turn < 10; turn++) await Promise.resolve()
    }
    this.now = until
  }

  /** The clock is elsewhere, and no timer has noticed. */
  jump(ms: number): void {
    this.shift += ms
  }

  times = (id: string) => this.begun.filter((one) => one.id === id).length
}

async function grantdesk(...ids: string[]): Promise<TestApp> {
  const made = new TestApp()
  for (const id of ids) made.add(id)
  made.scheduler.start()
  return made
}

describe('ahead of expiry', () => {
  it('refreshes a token of an hour between ten and five minutes before its end, and again an hour later', async () => {
    const one = await grantdesk('a')
    await one.pass(3 * hour)
    const [first, second] = one.begun
    expect(first?.at).toBeGreaterThanOrEqual(hour - 10 * minute)
    expect(first?.at).toBeLessThanOrEqual(hour - 5 * minute)
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(hour - 10 * minute)
    expect(one.begun.length).toBe(3)
  })

  it('leaves a short life most of its time, and no connection more than one refresh a minute', async () => {
    const one = new TestApp()
    one.add('short', { expiresAt: one.now + 2 * minute })
    one.scheduler.start()
    await one.pass(2 * minute)
    expect(one.begun[0]?.at).toBeGreaterThanOrEqual(90_000)
    const tiny = new TestApp()
    tiny.add('tiny', { expiresAt: tiny.now + 1000 })
    tiny.answer = () => {
      tiny.views = tiny.views.map((view) => ({ ...view, expiresAt: tiny.now + 1000 }))
      return 'never'
    }
    tiny.scheduler.start()
    await tiny.pass(10 * minute)
    expect(tiny.begun.length).toBe(1)
  })

  it('has one timer for a thousand connections, spreads them, and does three at once', {
    timeout: 60_000,
  }, async () => {
    const many = await grantdesk(...Array.from({ length: 1000 }, (_, at) => `c${at}`))
    await many.pass(hour)
    expect(many.timers).toBe(1)
    expect(new Set(many.begun.map(({ id }) => id)).size).toBe(1000)
    expect(many.begun.length).toBe(1000)
    expect(many.most).toBeLessThanOrEqual(3)
    const moments = many.begun.map(({ at }) => at)
    expect(Math.max(...moments) - Math.min(...moments)).toBeGreaterThan(4 * minute)
    const byMinute = Map.groupBy(moments, (at) => Math.floor(at / minute))
    const busiest = Math.max(...[...byMinute.values()].map((one) => one.length))
    expect(busiest).toBeLessThan(300)
  })
})

describe('leaves alone', () => {
  it.each<[string, Partial<ConnectionView>]>([
    ['what the person turned off', { autoRefresh: false }],
    ['what has no refresh token', { refreshable: false }],
    ['what names no end', { expiresAt: null }],
    ['what is being refreshed or revoked already', { busy: 'revoking' }],
    ['what needs attention', { status: { kind: 'needs_attention', since: 0, failure: refused.failure } }],
    [
      'what is revoked',
      {
        status: {
          kind: 'revoked',
          revocation: { at: 0, outcome: 'revoked', worksUntil: null, page: null, words: '' },
        },
      },
    ],
    ['what has a refresh token whose end is known and past', { refreshTokenExpiresAt: start - 1 }],
    ['a client’s own token that nobody has used', { grantType: 'client_credentials', lastUsedAt: start - 1 }],
  ])('%s', async (_name, change) => {
    const one = new TestApp()
    one.add('a', change)
    one.scheduler.start()
    await one.pass(3 * hour)
    expect(one.begun).toEqual([])
  })

  it('but not a client’s own token that is in use', async () => {
    const one = new TestApp()
    one.add('a', { grantType: 'client_credentials', lastUsedAt: start })
    one.scheduler.start()
    await one.pass(hour)
    expect(one.times('a')).toBe(1)
  })

  it('everything while the vault is locked, or is being locked, and goes on when it is open', async () => {
    const one = await grantdesk('a')
    one.mayBegin = false
    await one.pass(hour)
    expect(one.begun).toEqual([])
    one.scheduler.stop()
    one.mayBegin = true
    await one.pass(hour)
    expect(one.begun).toEqual([])
    one.scheduler.start()
    await one.pass(minute)
    expect(one.times('a')).toBe(1)
  })

  it('what was refused, from then on', async () => {
    const one = await grantdesk('a')
    one.answer = () => refused
    await one.pass(5 * hour)
    expect(one.times('a')).toBe(1)
    expect(one.waiting.size).toBe(0)
  })
})

describe('while the network is away', () => {
  it('asks once in a while for all, says what each waits for, tells it once, and is done when it is back', async () => {
    const all = Array.from({ length: 100 }, (_, at) => `c${at}`)
    const many = await grantdesk(...all)
    many.answer = () => down('ENETUNREACH')
    await many.pass(6 * hour)
    // The three that were begun together, then one every two minutes at most.
    expect(many.begun.length).toBeLessThan(360)
    expect(many.news.length).toBe(1)
    expect([...many.waiting.keys()].toSorted()).toEqual(all.toSorted())
    for (const { for: what, until } of many.waiting.values()) {
      expect(what).toBe('It is down (ENETUNREACH).')
      expect(until).toBeGreaterThan(many.now - minute)
    }
    many.answer = () => 'works'
    many.begun = []
    await many.pass(4 * minute)
    expect(many.begun.length).toBe(100)
    expect(many.most).toBeLessThanOrEqual(3)
    expect(many.waiting.size).toBe(0)
  })

  it('a server in trouble holds back its own connections alone', async () => {
    const two = new TestApp()
    two.add('well', { baseUrl: 'https://well.example' })
    for (const id of ['ill', 'ill too']) two.add(id, { baseUrl: 'https://ill.example/api' })
    two.answer = (id) => (id === 'well' ? 'works' : down('ECONNREFUSED'))
    two.scheduler.start()
    await two.pass(3 * hour)
    expect(two.times('well')).toBeGreaterThanOrEqual(3)
    expect(two.times('ill') + two.times('ill too')).toBeLessThan(30)
    expect([...two.waiting.keys()].toSorted()).toEqual(['ill', 'ill too'])
    expect(two.news.length).toBe(1)
  })

  it('one unknown name keeps nobody else from being refreshed', async () => {
    const two = new TestApp()
    two.add('well', { baseUrl: 'https://well.example' })
    two.add('gone', { baseUrl: 'https://gone.example' })
    two.answer = (id) => (id === 'well' ? 'works' : down('ENOTFOUND'))
    two.scheduler.start()
    await two.pass(10 * hour)
    expect(two.times('well')).toBeGreaterThanOrEqual(10)
    for (const view of two.views) if (view.id === 'well') expect(view.expiresAt).toBeGreaterThan(two.now)
  })

  it('comes back no sooner than the server said', async () => {
    const one = await grantdesk('a')
    const retryAt = start + 3 * hour
    one.answer = () => new Problem({ kind: 'unexpected_answer', message: 'Too many.', status: 429, retryAt })
    await one.pass(3 * hour - 1)
    expect(one.times('a')).toBe(1)
    expect(one.waiting.get('a')).toMatchObject({ for: 'Too many.', until: retryAt })
    one.answer = () => 'works'
    await one.pass(minute)
    expect(one.times('a')).toBe(2)
  })

  it('shows nothing any more of what was turned off meanwhile', async () => {
    const one = await grantdesk('a')
    one.answer = () => down('ENETUNREACH')
    await one.pass(hour)
    expect(one.waiting.has('a')).toBe(true)
    one.views = one.views.map((view) => ({ ...view, autoRefresh: false }))
    await one.pass(minute)
    expect(one.waiting.has('a')).toBe(false)
  })
})

describe('a clock that jumps', () => {
  const ids = Array.from({ length: 60 }, (_, at) => `c${at}`)

  it.each([
    ['a sleep of hours', 5 * hour],
    ['a clock set forward by a day', 24 * hour],
  ])('looks again at once after %s, a few at a time', async (_name, ms) => {
    const many = await grantdesk(...ids)
    await many.pass(minute)
    many.jump(ms)
    await many.pass(minute)
    expect(new Set(many.begun.map(({ id }) => id)).size).toBe(60)
    expect(many.begun.length).toBe(60)
    expect(many.most).toBeLessThanOrEqual(3)
  })

  it('gets new tokens where it was set back behind the moment at which the old ones came', async () => {
    const one = await grantdesk('a')
    await one.pass(minute)
    one.jump(-24 * hour)
    await one.pass(2 * minute)
    expect(one.times('a')).toBe(1)
    await one.pass(hour)
    expect(one.times('a')).toBe(2)
  })

  it('forgets what failed before a sleep, also when a refresh ends just after it', async () => {
    const one = await grantdesk('a')
    one.answer = () => down('ECONNREFUSED')
    await one.pass(3 * hour)
    const before = one.times('a')
    one.answer = () => 'works'
    one.jump(8 * hour)
    await one.pass(31_000)
    expect(one.times('a')).toBe(before + 1)
    expect(one.waiting.size).toBe(0)
  })

  it('waits no longer for what failed where the clock was set back by a day', async () => {
    const one = await grantdesk('a')
    one.answer = () => down('ECONNREFUSED')
    await one.pass(hour)
    const before = one.times('a')
    one.answer = () => 'works'
    one.jump(-24 * hour)
    await one.pass(31_000)
    expect(one.times('a')).toBe(before + 1)
  })

  it('looks at once when it is told that the machine woke', async () => {
    const one = await grantdesk('a')
    one.answer = () => down('ENETUNREACH')
    await one.pass(2 * hour)
    const before = one.times('a')
    one.answer = () => 'works'
    one.scheduler.start()
    await one.pass(1000)
    expect(one.times('a')).toBe(before + 1)
  })
})
