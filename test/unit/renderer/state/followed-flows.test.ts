import { describe, expect, it } from 'vitest'
import type { FlowEvent } from '../../../../contract/flow/event.ts'
import type { KeptFlow } from '../../../../contract/flow/flow.ts'
import { aboutNothing } from '../../../../core/flows/default-facts.ts'
import { applyToFollowed, follow, received, unfollow } from '../../../../renderer/state/followed-flows.ts'

const event = (id: string, grant = ''): FlowEvent => ({ kind: 'token_handed_over', id, at: 1, grant })
const flow: KeptFlow = {
  ...{ id: 'f', kind: 'connect', about: aboutNothing, serviceId: 's', connectionId: null, startedAt: 1, endedAt: null },
  ...{ outcome: 'running', eventCount: 1, events: [event('a', 'before')], failure: null, missing: 0 },
}
const told = (...events: FlowEvent[]) => ({ kind: 'flow_events' as const, flowId: 'f', events, eventCount: 2 })

describe('a flow on screen', () => {
  it('takes each event as it is told: a later one of an id in the place of the earlier, a new one at the end', () => {
    const here = received(follow({}, 'f'), 'f', flow)
    const after = applyToFollowed(here, told(event('a', 'after'), event('b')))
    expect(after.f?.flow?.events).toEqual([event('a', 'after'), event('b')])
    expect(after.f?.flow?.eventCount).toBe(2)
  })

  it('keeps what is told before the flow itself comes', () => {
    const early = applyToFollowed(follow({}, 'f'), told(event('a', 'after')))
    expect(received(early, 'f', flow).f?.flow?.events).toEqual([event('a', 'after')])
  })

  it('ends with its outcome and why, and keeps its events', () => {
    const here = received(follow({}, 'f'), 'f', flow)
    const { events: _, failure: __, missing: ___, ...summary } = flow
    const failure = { kind: 'cancelled' as const, message: 'No more.' }
    const after = applyToFollowed(here, { kind: 'flow', flow: { ...summary, outcome: 'cancelled' }, failure })
    expect(after.f?.flow).toMatchObject({ outcome: 'cancelled', failure, events: flow.events })
  })

  it('is forgotten when the last part of the screen leaves it, and takes nothing then', () => {
    const twice = follow(follow({}, 'f'), 'f')
    expect(unfollow(twice, 'f').f).toBeDefined()
    const gone = unfollow(unfollow(twice, 'f'), 'f')
    expect(gone).toEqual({})
    expect(applyToFollowed(gone, told(event('a')))).toEqual({})
  })
})
