import { describe, expect, it } from 'vitest'
import type { Snapshot } from '../../../../contract/change.ts'
import type { FlowSummary } from '../../../../contract/flow/flow.ts'
import { aboutNothing } from '../../../../core/flows/default-facts.ts'
import { applyChange, emptyMirror } from '../../../../renderer/state/mirror.ts'
import { settle } from '../../../../renderer/state/store.ts'

const flow: FlowSummary = {
  id: 'f1',
  kind: 'refresh',
  about: aboutNothing,
  serviceId: 'plane',
  connectionId: 'c1',
  startedAt: 1,
  endedAt: null,
  outcome: 'running',
  eventCount: 1,
}

describe('the mirror of the host', () => {
  it('is loaded by a snapshot and by nothing else', () => {
    const { loaded: _, ...snapshot } = emptyMirror
    expect(emptyMirror.loaded).toBe(false)
    expect(applyChange(emptyMirror, { kind: 'snapshot', snapshot }).loaded).toBe(true)
    expect(applyChange(emptyMirror, { kind: 'flow', flow, failure: null })).not.toHaveProperty('loaded')
  })

  it('adds what is new at the end and replaces what it knows in its place', () => {
    const first = { ...emptyMirror, ...applyChange(emptyMirror, { kind: 'flow', flow, failure: null }) }
    const second = { ...first, ...applyChange(first, { kind: 'flow', flow: { ...flow, id: 'f2' }, failure: null }) }
    const third = {
      ...second,
      ...applyChange(second, { kind: 'flow', flow: { ...flow, outcome: 'succeeded' }, failure: null }),
    }
    expect(third.flows.map(({ id, outcome }) => [id, outcome])).toEqual([
      ['f1', 'succeeded'],
      ['f2', 'running'],
    ])
  })

  it('takes away what was removed and leaves an unknown id alone', () => {
    const mirror = { ...emptyMirror, flows: [flow] }
    expect(applyChange(mirror, { kind: 'flow_removed', id: 'f1' }).flows).toEqual([])
    expect(applyChange(mirror, { kind: 'flow_removed', id: 'other' }).flows).toEqual([flow])
  })
})

describe('what is on screen', () => {
  const { loaded: _, ...locked } = emptyMirror
  const open: Snapshot = { ...locked, vault: { state: 'open', openedWith: 'Passphrase', slots: [] } }
  const before = { screen: { name: 'connection', id: 'c1' }, loaded: true } as const

  it('stays on a connection while the vault is locked', () => {
    expect(settle(before, { kind: 'snapshot', snapshot: locked })).toEqual({})
  })

  it('leaves a connection that is removed, or that an open vault no longer holds', () => {
    const left = { screen: { name: 'welcome' }, openFlowId: null }
    expect(settle(before, { kind: 'connection_removed', id: 'c1' })).toEqual(left)
    expect(settle(before, { kind: 'connection_removed', id: 'c2' })).toEqual({})
    expect(settle(before, { kind: 'snapshot', snapshot: open })).toEqual(left)
  })
})
