import { describe, expect, it } from 'vitest'
import type { Door } from '../../../../contract/caller.ts'
import type { FlowSummary } from '../../../../contract/flow/flow.ts'
import { aboutNothing } from '../../../../core/flows/default-facts.ts'
import { notingDoor } from '../../../../renderer/state/noting-door.ts'
import { opensByItself } from '../../../../renderer/state/open-by-itself.ts'
import { applyToStarted, type Operation, started } from '../../../../renderer/state/started-flows.ts'
import { grantdesk } from '../../../../renderer/state/store.ts'

const refresh: Operation = { connectionId: 'c1', kind: 'refresh' }

function flow(id: string, more: Partial<FlowSummary> = {}): FlowSummary {
  return {
    ...{ id, kind: 'refresh', about: aboutNothing, serviceId: 'plane', connectionId: 'c1' },
    ...{ startedAt: 1, endedAt: null, outcome: 'running', eventCount: 1 },
    ...more,
  }
}
const told = (one: FlowSummary) => ({ kind: 'flow', flow: one, failure: null }) as const

describe('the flow of what the person started', () => {
  it('is the first new one of that kind and connection', () => {
    const before = started({}, refresh, [flow('old')])
    const others = [flow('old'), flow('f', { kind: 'request' }), flow('g', { connectionId: 'c2' })]
    expect(others.reduce((flows, one) => applyToStarted(flows, told(one)), before)).toBe(before)
    const after = applyToStarted(before, told(flow('new')))
    expect(Object.values(after).map(({ flowId }) => flowId)).toEqual(['new'])
    expect(applyToStarted(after, told(flow('renewed by itself')))).toBe(after)
  })

  it('is noted by the calls of the window, each before it is sent', async () => {
    const sent: string[] = []
    const door = {
      call: async (name: string) => void sent.push(name),
      listen: () => () => {},
    } as unknown as Door
    const noting = notingDoor(door, ({ kind, connectionId }) => sent.push(`${kind} of ${connectionId}`))
    await noting.call('connections.checkRevocation', { id: 'c1' })
    await noting.call('requests.send', { key: 'k', connectionId: 'c2', method: 'GET', path: '/' } as never)
    await noting.call('connections.cancel', { id: 'c1' })
    expect(sent).toEqual([
      ...['revoke of c1', 'connections.checkRevocation'],
      ...['request of c2', 'requests.send', 'connections.cancel'],
    ])
  })
})

describe('the flow that opens by itself', () => {
  const usual = { flow: flow('f1'), openedId: null, quiet: new Set<string>(), isThere: true, hasRoom: true }

  it.each([
    ['where there is room, at the screen where it was started', {}, true],
    ['in a window without room', { hasRoom: false }, false],
    ['at another screen', { isThere: false }, false],
    ['twice', { openedId: 'f1' }, false],
    ['before the host tells of it', { flow: undefined }, false],
    ['where the person closed the one before', { quiet: new Set(['c1']) }, false],
    [
      'where the person closed the one before and this one failed',
      { quiet: new Set(['c1']), flow: flow('f1', { outcome: 'failed' }) },
      true,
    ],
    ['where the person closed one of another connection', { quiet: new Set(['c2']) }, true],
  ])('%s', (_when, circumstances, opens) => {
    expect(opensByItself({ ...usual, ...circumstances })).toBe(opens)
  })

  it('stays closed for its connection once it is closed, until one opens there again', () => {
    const { getState, setState } = grantdesk
    setState({ flows: [flow('f1'), flow('f2')] })
    getState().openFlowItself(flow('f1'))
    expect(getState().openFlowId).toBe('f1')
    getState().openFlow(null)
    expect([...getState().quiet]).toEqual(['c1'])
    getState().openFlowItself(flow('f2', { outcome: 'failed' }))
    expect([...getState().quiet]).toEqual([])
  })

  it('keeps nothing closed where the person closes one that they opened', () => {
    const { getState } = grantdesk
    getState().openFlow('f1')
    getState().openFlow(null)
    expect([...getState().quiet]).toEqual([])
  })
})
