import { expect, it } from 'vitest'
import type { FlowEvent } from '../../../../contract/flow/event.ts'
import type { Flow } from '../../../../contract/flow/flow.ts'
import { usualKeep } from '../../../../contract/settings.ts'
import { aboutNothing } from '../../../../core/flows/default-facts.ts'
import { createFlowStore, type RunningFlows } from '../../../../core/flows/flow-store.ts'
import { flowBounds } from '../../../../core/retention-limits.ts'
import { memoryLogs, memorySealedLogs } from '../../../support/memory-logs.ts'

const event: FlowEvent = { id: 'e1', at: 2, kind: 'second_try', failure: null }

function newFlow(id: string, startedAt = 1): Flow {
  return {
    ...{ id, kind: 'refresh', about: aboutNothing, serviceId: 'plane', connectionId: 'c', startedAt, endedAt: null },
    ...{ outcome: 'running', failure: null, eventCount: 0, events: [] },
  }
}

const finished = (flow: Flow): Flow => ({ ...flow, outcome: 'succeeded', endedAt: 3 })

function flowStore(folder = memoryLogs(), running: RunningFlows = new Map()) {
  const logs = memorySealedLogs(folder)
  return { store: createFlowStore(logs, running), folder, logs }
}

it('corrects a flow that a killed host left running, in its file and in the index', () => {
  const { store, folder, logs } = flowStore()
  const flow = newFlow('f1')
  store.begin(flow)
  store.append(flow, [event])
  logs.flush()
  const next = flowStore(folder)
  expect(next.store.read('f1')).toMatchObject({ outcome: 'failed', events: [{ id: 'e1' }], eventCount: 1 })
  expect(next.store.summaries()).toMatchObject([{ id: 'f1', outcome: 'failed', endedAt: 2 }])
})

it('leaves a flow that runs here as it is', () => {
  const flow = newFlow('f1')
  const { store } = flowStore(memoryLogs(), new Map([['f1', { flow: () => flow }]]))
  store.begin(flow)
  expect(store.summaries()).toMatchObject([{ id: 'f1', outcome: 'running' }])
})

it('names the finished flows beyond the bounds, never running ones', () => {
  const runs = newFlow('runs', 0)
  const { store } = flowStore(memoryLogs(), new Map([['runs', { flow: () => runs }]]))
  store.begin(runs)
  for (const at of [1, 2, 3]) {
    const flow = finished(newFlow(`f${at}`, at))
    store.begin(flow)
    store.putSummary(flow)
  }
  expect(store.beyond({ ...flowBounds(usualKeep), total: 2 })).toEqual(['f1'])
})

it('counts what was removed to make room, and nothing else', () => {
  const { store } = flowStore()
  for (const id of ['f1', 'f2']) {
    const flow = finished(newFlow(id))
    store.begin(flow)
    store.putSummary(flow)
  }
  store.remove('f1', true)
  store.remove('f2', false)
  expect([store.noLongerKept('c'), store.noLongerKept(), store.noLongerKept('other')]).toEqual([1, 1, 0])
  expect(() => store.read('f1')).toThrow('no longer kept')
})
