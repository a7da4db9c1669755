// The failure that stays on a connection until it works again.
import { expect, it } from 'vitest'
import type { FlowKind, FlowSummary } from '../../../contract/flow/flow.ts'
import { lastFailure, markedBy } from '../../../contract/flow/last-failure.ts'
import { aboutNothing } from '../../../core/flows/default-facts.ts'

const flow = (kind: FlowKind, outcome: FlowSummary['outcome'], startedAt: number, more = {}): FlowSummary => ({
  ...{ id: `${kind} ${startedAt}`, kind, outcome, startedAt, endedAt: startedAt, about: aboutNothing },
  ...{ serviceId: 's', connectionId: 'c', eventCount: 1, ...more },
})
const found = (...flows: FlowSummary[]) => lastFailure(flows, 'c')?.id ?? null

it('is the newest that failed', () => {
  expect(found(flow('refresh', 'failed', 1), flow('refresh', 'failed', 2))).toBe('refresh 2')
  expect(found(flow('refresh', 'cancelled', 3), flow('refresh', 'running', 4))).toBeNull()
})

it('goes once the same works again, or what it needs', () => {
  expect(found(flow('refresh', 'failed', 1), flow('refresh', 'succeeded', 2))).toBeNull()
  expect(found(flow('refresh', 'failed', 1), flow('connect', 'succeeded', 2))).toBeNull()
  expect(found(flow('request', 'failed', 1), flow('refresh', 'succeeded', 2))).toBeNull()
})

it('stays while something else works, and where that was before', () => {
  expect(found(flow('refresh', 'failed', 1), flow('request', 'succeeded', 2))).toBe('refresh 1')
  expect(found(flow('refresh', 'succeeded', 1), flow('refresh', 'failed', 2))).toBe('refresh 2')
})

it('is none of another connection, nor of a file', () => {
  expect(found(flow('refresh', 'failed', 1, { connectionId: 'other' }))).toBeNull()
  expect(found(flow('refresh', 'failed', 1, { about: { ...aboutNothing, importedFrom: 'x' } }))).toBeNull()
})

it('that marked its connection is the last one which had begun by then', () => {
  const flows = [
    flow('refresh', 'failed', 1),
    flow('refresh', 'failed', 3),
    flow('request', 'succeeded', 4),
    flow('request', 'failed', 6),
  ]
  expect(markedBy(flows, 'c', 5)?.id).toBe('refresh 3')
  expect(markedBy(flows, 'c', 0)).toBeNull()
  expect(markedBy(flows, 'other', 5)).toBeNull()
})
