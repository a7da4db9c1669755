import { describe, expect, it } from 'vitest'
import { type Attempt, isUnderWay, isWaiting } from '../../../../contract/attempt.ts'
import { anotherAccountWords, endedSince, reconnects } from '../../../../renderer/state/attempts.ts'

const common = { id: 'a1', serviceId: 'plane', clientId: 'c1', flowId: 'f1', startedAt: 1 }
const waiting: Attempt = {
  ...common,
  state: 'awaiting_redirect',
  authorizationUrl: 'https://example.com/authorize',
  redirectUri: 'http://127.0.0.1/callback',
  closesAt: 2,
  browserFailed: null,
  unproven: null,
}
const exchanging: Attempt = { ...common, state: 'exchanging' }
const identifying: Attempt = { ...common, state: 'identifying' }
const done: Attempt = { ...common, state: 'done', connectionId: 'new' }

describe('an attempt', () => {
  it('can be cancelled while it waits for the person, and not once tokens are on their way', () => {
    expect(isWaiting(waiting)).toBe(true)
    expect([exchanging, identifying, done].filter(isWaiting)).toEqual([])
    expect([waiting, exchanging, identifying, done].map(isUnderWay)).toEqual([true, true, true, false])
  })

  it('is news once, when it ends, and not when it was over before', () => {
    expect(endedSince([waiting], [done])).toEqual([done])
    expect(endedSince([done], [done])).toEqual([])
    expect(endedSince([], [done])).toEqual([])
    expect(endedSince([waiting], [exchanging])).toEqual([])
  })

  it('is known as a reconnection by its flow, until the flow belongs to what came of it', () => {
    const flows = [{ id: 'f1', connectionId: 'old' }]
    expect(reconnects(waiting, flows)).toBe('old')
    expect(reconnects(waiting, [{ id: 'f1', connectionId: null }])).toBeNull()
    expect(reconnects(identifying, flows)).toBeNull()
    expect(reconnects(done, flows)).toBeNull()
  })

  it('that signed in as somebody else says who, and that the old connection is as it was', () => {
    expect(anotherAccountWords('Grace', 'Ada · Globex')).toBe(
      'You signed in as Grace; “Ada · Globex” is another account. The new tokens became a connection of their own and “Ada · Globex” is as it was.',
    )
  })
})
