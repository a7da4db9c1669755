import { describe, expect, it } from 'vitest'
import { flowSchema } from '../../../../contract/flow/flow.ts'
import { Secret } from '../../../../core/secret.ts'
import { exchanged, type FlowDesk, flowDesk, said } from './flow-fixture.ts'

const start = (desk: FlowDesk, connectionId: string | null = null) => {
  desk.clock.time++
  return desk.log.start({ kind: 'connect', about: { service: 'Plane' }, serviceId: 'plane', connectionId })
}

describe('a flow under way', () => {
  it('is on disk as soon as it has begun, so that a killed host leaves its record', async () => {
    const desk = flowDesk()
    const { id } = start(desk)
    await expect.poll(() => desk.records.flows.get(id)?.outcome).toBe('running')
  })

  it('is written again after its events, in one write for a burst', async () => {
    const desk = flowDesk()
    const recording = start(desk)
    for (let event = 0; event < 20; event++) recording.add(said(`${event}`))
    await expect.poll(() => desk.records.flows.get(recording.id)?.events.length).toBe(20)
    expect(desk.records.writes).toBeLessThanOrEqual(2)
  })

  it('tells of each change', () => {
    const desk = flowDesk()
    const recording = start(desk)
    const waited = recording.wait({ for: 'redirect' })
    desk.clock.time += 7
    waited('over')
    recording.attach('c1')
    const told = desk.changes.map((change) => {
      if (change.kind === 'flow_events') return [change.eventCount, change.events.map(({ id }) => id)]
      return change.kind === 'flow' ? [change.flow.eventCount, change.flow.connectionId] : []
    })
    const [event] = recording.flow().events
    expect(told).toEqual([
      [0, null],
      [1, [event?.id]],
      [1, [event?.id]],
      [1, 'c1'],
    ])
    expect(event).toMatchObject({ kind: 'wait', ended: 'over', endedAt: (event?.at ?? 0) + 7 })
  })
})

describe('a flow that ended', () => {
  it('is stored whole, in the contract’s form, with its failure redacted', async () => {
    const desk = flowDesk()
    const recording = start(desk)
    recording.hide(new Secret('sesame-open'), 'code')
    recording.wait({ for: 'redirect' })
    const failure = {
      kind: 'refused',
      by: 'token_endpoint',
      status: 400,
      error: 'sesame-open',
      errorDescription: null,
    } as const
    await recording.end('failed', { ...failure, message: 'no to sesame-open' })
    const stored = flowSchema.parse(desk.records.flows.get(recording.id))
    expect(stored).toMatchObject({ outcome: 'failed', endedAt: desk.clock.time, eventCount: 1 })
    expect(stored.events).toMatchObject([{ kind: 'wait', ended: 'cancelled' }])
    expect(JSON.stringify(stored)).not.toContain('sesame-open')
    expect(await desk.log.get(recording.id)).toEqual(stored)
  })

  it('changes no more', async () => {
    const desk = flowDesk()
    const recording = start(desk)
    await recording.end('succeeded')
    recording.add(said('late'))
    await recording.end('failed')
    expect(await desk.log.get(recording.id)).toMatchObject({ outcome: 'succeeded', events: [] })
  })

  it('is kept in memory while the vault cannot be written, and written with the next', async () => {
    const desk = flowDesk()
    const recording = start(desk)
    desk.records.locked = true
    await recording.end('succeeded')
    expect((await desk.log.get(recording.id)).outcome).toBe('succeeded')
    desk.records.locked = false
    await start(desk).end('succeeded')
    expect(desk.records.flows.get(recording.id)?.outcome).toBe('succeeded')
  })
})

describe('the log', () => {
  it('lists the newest first, all or one connection’s', async () => {
    const desk = flowDesk()
    const [first, second, third] = [start(desk, 'a'), start(desk, 'b'), start(desk, 'a')]
    expect((await desk.log.list()).map(({ id }) => id)).toEqual([third.id, second.id, first.id])
    expect((await desk.log.list('a')).map(({ id }) => id)).toEqual([third.id, first.id])
  })

  it('keeps so many, drops the oldest that have ended, and says so', async () => {
    const desk = flowDesk({ keep: 3 })
    const running = start(desk)
    const ended = []
    for (let count = 0; count < 4; count++) {
      const recording = start(desk)
      ended.push(recording.id)
      await recording.end('succeeded')
    }
    start(desk)
    await expect.poll(() => desk.records.flows.size).toBe(3)
    expect((await desk.log.list()).map(({ id }) => id)).toContain(running.id)
    expect(desk.changes.filter((change) => change.kind === 'flow_removed')).toHaveLength(3)
    await expect(desk.log.get(ended[0] ?? '')).rejects.toMatchObject({ failure: { kind: 'not_found' } })
  })

  it('tells the truth about flows whose host died', async () => {
    const dead = flowDesk()
    const recording = start(dead)
    recording.add({ ...exchanged('authorization_server', {}), outcome: 'running' })
    await expect.poll(() => dead.records.flows.get(recording.id)?.events.length).toBe(1)
    const next = flowDesk({ records: dead.records })
    await next.log.load()
    const flow = await next.log.get(recording.id)
    const events = [{ outcome: 'failed', failure: { kind: 'host_ended' } }]
    expect(flow).toMatchObject({ outcome: 'failed', events, failure: { kind: 'cancelled' } })
    expect(flow.failure?.message).toContain('not known')
    expect(dead.records.flows.get(recording.id)?.outcome).toBe('failed')
  })

  it('holds nothing after the vault locked, and everything after it opened', async () => {
    const desk = flowDesk()
    const recording = start(desk)
    await recording.end('succeeded')
    const late = start(desk)
    desk.log.forget()
    const told = desk.changes.length
    late.add(said('late'))
    expect([await desk.log.list(), desk.changes.length]).toEqual([[], told])
    await desk.log.load()
    expect((await desk.log.list()).map(({ id }) => id)).toContain(recording.id)
  })
})
