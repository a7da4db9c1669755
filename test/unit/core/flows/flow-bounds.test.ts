import { describe, expect, it } from 'vitest'
import { beyondBounds, type CountedFlow, type FlowBounds } from '../../../../core/flows/flow-bounds.ts'

const wide: FlowBounds = { perConnection: 1_000, bytesPerConnection: 1e9, total: 10_000, totalBytes: 1e9 }

function flows(count: number, connectionId: string | null, more: Partial<CountedFlow> = {}): CountedFlow[] {
  return Array.from({ length: count }, (_, at) => ({
    ...{ id: `${connectionId}-${at}`, kind: 'request', serviceId: 'plane', connectionId },
    ...{ startedAt: at, outcome: 'succeeded', bytes: 100 },
    ...more,
  }))
}

const left = (all: CountedFlow[], bounds: Partial<FlowBounds>) => {
  const gone = new Set(beyondBounds(all, { ...wide, ...bounds }))
  return all.filter((flow) => !gone.has(flow)).map(({ id }) => id)
}

describe('the flows that are kept', () => {
  it('are all there are, within the bounds', () => {
    expect(beyondBounds(flows(300, 'a'), wide)).toEqual([])
  })

  it('are the newest of a connection', () => {
    expect(left(flows(10, 'a'), { perConnection: 3 })).toEqual(['a-7', 'a-8', 'a-9'])
    expect(left(flows(10, 'a'), { bytesPerConnection: 250 })).toEqual(['a-8', 'a-9'])
  })

  it('of a quiet connection stay, however many a busy one has', () => {
    const quiet = flows(3, 'quiet', { startedAt: -10 })
    const kept = left([...quiet, ...flows(256, 'busy')], { total: 50 })
    expect(kept.slice(0, 3)).toEqual(quiet.map(({ id }) => id))
    expect(kept).toHaveLength(50)
  })

  it('of a quiet connection stay, however large those of a busy one are', () => {
    const kept = left([...flows(3, 'quiet'), ...flows(20, 'busy', { bytes: 1_000 })], { totalBytes: 5_000 })
    expect(kept.slice(0, 3)).toEqual(['quiet-0', 'quiet-1', 'quiet-2'])
    expect(kept.length).toBe(3 + 4)
  })

  it('share evenly where all of them have many', () => {
    const kept = left([...flows(100, 'a'), ...flows(200, 'b'), ...flows(300, null)], { total: 90 })
    expect(kept.filter((id) => id.startsWith('a'))).toHaveLength(30)
    expect(kept.filter((id) => id.startsWith('b'))).toHaveLength(30)
    expect(kept.filter((id) => id.startsWith('null'))).toHaveLength(30)
  })

  it('are, longest of all, the last failure and the last success of each kind', () => {
    const all = [
      ...flows(1, 'a', { id: 'connected', kind: 'connect', startedAt: -5 }),
      ...flows(1, 'a', { id: 'failed before', kind: 'refresh', outcome: 'failed', startedAt: -4 }),
      ...flows(1, 'a', { id: 'failed last', kind: 'refresh', outcome: 'failed', startedAt: -3 }),
      ...flows(1, 'a', { id: 'cancelled', kind: 'refresh', outcome: 'cancelled', startedAt: -2 }),
      ...flows(100, 'a', { kind: 'refresh' }),
    ]
    expect(left(all, { perConnection: 4 })).toEqual(['connected', 'failed last', 'a-98', 'a-99'])
    expect(left(all, { perConnection: 2 })).toEqual(['failed last', 'a-99'])
  })

  it('of more connections than flows may be kept, are those of the ones that did something last', () => {
    const all = Array.from({ length: 10 }, (_, at) => flows(1, `c${at}`, { startedAt: at })).flat()
    expect(left(all, { total: 3 })).toEqual(['c7-0', 'c8-0', 'c9-0'])
  })
})
