import { expect, it } from 'vitest'
import type { FlowEvent } from '../../../../contract/flow/event.ts'
import { createFlowFeed } from '../../../../core/flows/flow-feed.ts'
import { exchanged, flowFixture, said } from './flow-fixture.ts'

const event = (id: string, grant = ''): FlowEvent => ({ kind: 'token_handed_over', id, at: 1, grant })

it('tells the events of a burst together, each as it is at the end, and before the flow’s end is told', () => {
  const told: unknown[] = []
  const feed = createFlowFeed((change) => told.push(change))
  feed.push({ kind: 'flow_events', flowId: 'f', events: [event('a', 'one')], eventCount: 1 })
  feed.push({ kind: 'flow_events', flowId: 'f', events: [event('b'), event('a', 'two')], eventCount: 2 })
  expect(told).toEqual([])
  feed.push({ kind: 'flow_removed', id: 'other' })
  expect(told).toEqual([
    { kind: 'flow_events', flowId: 'f', events: [event('a', 'two'), event('b')], eventCount: 2 },
    { kind: 'flow_removed', id: 'other' },
  ])
})

it('tells nothing of what was forgotten', async () => {
  const told: unknown[] = []
  const feed = createFlowFeed((change) => told.push(change))
  feed.push({ kind: 'flow_events', flowId: 'f', events: [event('a')], eventCount: 1 })
  feed.forget()
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(told).toEqual([])
})

it('a secret that becomes known later has the events told again that it changes, and no others', () => {
  const { log, changes } = flowFixture()
  const recording = log.start({ kind: 'connect', about: {}, serviceId: 's' })
  recording.add(said('saw tok-777777'))
  recording.add(said('saw nothing'))
  const before = changes.length
  recording.add(exchanged('authorization_server', { response: { body: '{"access_token":"tok-777777"}' } }))
  const again = changes.slice(before).flatMap((change) => (change.kind === 'flow_events' ? change.events : []))
  const [first, , third] = recording.flow().events
  expect(again.map(({ id }) => id)).toEqual([first?.id, third?.id])
  expect(JSON.stringify(again)).not.toContain('tok-777777')
})
