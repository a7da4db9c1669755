import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { flowSchema } from '../../../../contract/flow/flow.ts'
import { usualKeep } from '../../../../contract/settings.ts'
import { flowBounds } from '../../../../core/evidence-bounds.ts'
import { Secret } from '../../../../core/secret.ts'
import { memoryRecords } from '../../../support/memory-records.ts'
import { type FlowDesk, flowDesk, said } from './flow-fixture.ts'

const start = (desk: FlowDesk, connectionId: string | null = null) => {
  desk.clock.time++
  return desk.log.start({ kind: 'connect', about: { service: 'Plane' }, serviceId: 'plane', connectionId })
}

describe('a flow under way', () => {
  it('is on disk as soon as it has begun, so that a killed host leaves its record', async () => {
    const desk = flowDesk()
    const { id } = start(desk)
    expect(await desk.stored(id)).toMatchObject({ id, failure: { kind: 'cancelled' } })
  })

  it('is written on as its events come, in one write for a burst, and never waited for', async () => {
    const desk = flowDesk()
    const recording = start(desk)
    const { writes } = desk.folder
    for (let event = 0; event < 20; event++) recording.add(said(`${event}`))
    await expect.poll(async () => (await desk.stored(recording.id)).events.length).toBe(20)
    expect(desk.folder.writes - writes).toBeLessThanOrEqual(2)
    expect(desk.folder.syncs).toBe(0)
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
    const stored = flowSchema.extend({ missing: z.number() }).parse(await desk.stored(recording.id))
    expect(stored).toMatchObject({ outcome: 'failed', endedAt: desk.clock.time, eventCount: 1, missing: 0 })
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

  it('stands when nothing can be written, and is written when there is room again', async () => {
    const desk = flowDesk()
    const recording = start(desk)
    desk.folder.trouble = 'full'
    recording.add(said('meanwhile'))
    await recording.end('succeeded')
    expect(await desk.log.get(recording.id)).toMatchObject({ outcome: 'succeeded', events: [{}] })
    expect((await desk.stored(recording.id)).outcome).toBe('failed')
    expect((await desk.log.list()).unwritten).not.toBeNull()
    desk.folder.trouble = null
    await start(desk).end('succeeded')
    expect(await desk.stored(recording.id)).toMatchObject({ outcome: 'succeeded', events: [{}], missing: 0 })
  })

  it('tells of a secret that became known late nowhere on disk', async () => {
    const desk = flowDesk()
    const recording = start(desk)
    recording.add(said('sesame-open'))
    recording.hide(new Secret('sesame-open'), 'code')
    await recording.end('succeeded')
    expect(JSON.stringify(await desk.stored(recording.id))).not.toContain('sesame-open')
  })

  it('of which a line is damaged says so, and shows the rest', async () => {
    const desk = flowDesk()
    const recording = start(desk)
    for (const text of ['one', 'two', 'three']) recording.add(said(text))
    await recording.end('succeeded')
    const file = `test/flows/${recording.id}.log`
    const whole = desk.folder.files.get(file)?.toString() ?? ''
    desk.folder.files.set(file, Buffer.from(whole.replace(/^(2 .{40})..../m, '$1AAAA')))
    expect(await desk.stored(recording.id)).toMatchObject({ outcome: 'succeeded', events: [{}, {}], missing: 1 })
  })
})

const ids = async (desk: FlowDesk, connectionId?: string) =>
  (await desk.log.list(connectionId)).flows.map(({ id }) => id)

async function ended(desk: FlowDesk, connectionId: string | null = null): Promise<string> {
  const recording = start(desk, connectionId)
  recording.add(said('something'))
  await recording.end('succeeded')
  return recording.id
}

describe('the log', () => {
  it('lists the newest first, all or one connection’s', async () => {
    const desk = flowDesk()
    const [first, second, third] = [start(desk, 'a'), start(desk, 'b'), start(desk, 'a')]
    expect(await ids(desk)).toEqual([third.id, second.id, first.id])
    expect(await ids(desk, 'a')).toEqual([third.id, first.id])
    expect(desk.log.recent().map(({ id }) => id)).toEqual([third.id, second.id, first.id])
  })

  it('is the same for the next host', async () => {
    const desk = flowDesk()
    const kept = [await ended(desk, 'a'), await ended(desk, 'b')].reverse()
    desk.log.flush()
    const next = flowDesk({ folder: desk.folder })
    expect(next.log.recent().map(({ id }) => id)).toEqual(kept)
    expect(next.log.recent()).toEqual(desk.log.recent())
    expect(await ids(next)).toEqual(kept)
  })

  it('opens no flow to be listed', async () => {
    const desk = flowDesk()
    await ended(desk)
    desk.log.flush()
    const read: string[] = []
    const folder = {
      ...desk.folder,
      read(name: string) {
        read.push(name)
        return desk.folder.read(name)
      },
    }
    const next = flowDesk({ folder })
    next.log.recent()
    await next.log.list()
    expect([...new Set(read)]).toEqual(['test/flows-index/index.log'])
  })

  it('keeps a share of each connection, says what is no longer kept, and keeps what runs', async () => {
    const bounds = { ...flowBounds(usualKeep), total: 4 }
    const desk = flowDesk({ bounds: () => bounds })
    const running = start(desk, 'busy')
    const quiet = await ended(desk, 'quiet')
    const busy = []
    for (let count = 0; count < 9; count++) busy.push(await ended(desk, 'busy'))
    await expect.poll(async () => (await ids(desk)).length).toBe(5)
    expect(await ids(desk)).toEqual(expect.arrayContaining([running.id, quiet, ...busy.slice(-3)]))
    expect(desk.changes.filter((change) => change.kind === 'flow_removed')).toHaveLength(6)
    await expect(desk.log.get(busy[0] ?? '')).rejects.toThrow('no longer kept')
    expect((await desk.log.list('busy')).noLongerKept).toBe(6)
    expect((await desk.log.list('quiet')).noLongerKept).toBe(0)
    desk.log.flush()
    const next = flowDesk({ folder: desk.folder })
    expect(await next.log.list('busy')).toMatchObject({ noLongerKept: 6 })
    expect([...desk.folder.files.keys()].filter((name) => name.startsWith('test/flows/'))).toHaveLength(5)
  })

  it('does not count as missed what said nothing new', async () => {
    const desk = flowDesk()
    const id = await ended(desk, 'a')
    await desk.log.drop(id)
    expect(await desk.log.list('a')).toEqual({ flows: [], noLongerKept: 0, unwritten: null })
    expect(desk.folder.files.has(`test/flows/${id}.log`)).toBe(false)
  })

  it('tells the truth about flows whose host died', async () => {
    const dead = flowDesk()
    const recording = start(dead)
    recording.wait({ for: 'redirect' })
    await expect.poll(async () => (await dead.stored(recording.id)).events.length).toBe(1)
    const next = flowDesk({ folder: dead.folder })
    expect(next.log.recent()).toMatchObject([{ id: recording.id, outcome: 'failed' }])
    const events = [{ kind: 'wait', ended: 'cancelled' }]
    const truth = { outcome: 'failed', events, failure: { kind: 'cancelled' } }
    expect(await next.log.get(recording.id)).toMatchObject(truth)
    expect((await next.log.list()).flows).toMatchObject([{ id: recording.id, outcome: 'failed' }])
    next.log.flush()
    const third = flowDesk({ folder: dead.folder })
    expect((await third.log.list()).flows).toMatchObject([{ outcome: 'failed', endedAt: recording.flow().startedAt }])
    expect((await third.log.get(recording.id)).failure?.message).toContain('not known')
  })

  it.each([
    ['is missing', () => undefined],
    ['is cut short', (index: string) => index.slice(0, index.length / 2)],
    ['is damaged', (index: string) => index.replace(/[A-Z]/g, 'A')],
    ['is from before', (index: string) => index.split('\n').slice(0, 2).join('\n').concat('\n')],
  ])('finds every flow again where its index %s', async (_, change) => {
    const desk = flowDesk()
    const kept = [await ended(desk, 'a'), await ended(desk, 'b'), await ended(desk, null)].reverse()
    desk.log.flush()
    const before = (await desk.log.list()).flows
    const index = change(desk.folder.files.get('test/flows-index/index.log')?.toString() ?? '')
    if (index === undefined) desk.folder.files.delete('test/flows-index/index.log')
    else desk.folder.files.set('test/flows-index/index.log', Buffer.from(index))
    const next = flowDesk({ folder: desk.folder })
    const found = (await next.log.list()).flows
    expect(found.map(({ id }) => id)).toEqual(kept)
    expect(found).toEqual(before)
    next.log.flush()
    const third = flowDesk({ folder: desk.folder })
    expect(third.log.recent()).toEqual(before)
  })

  it('lists no flow whose file has gone, and counts it as no longer kept', async () => {
    const desk = flowDesk()
    const id = await ended(desk, 'a')
    desk.log.flush()
    desk.folder.files.delete(`test/flows/${id}.log`)
    expect(await flowDesk({ folder: desk.folder }).log.list('a')).toEqual({
      flows: [],
      noLongerKept: 1,
      unwritten: null,
    })
  })

  it('holds nothing after the vault locked, and everything after it opened', async () => {
    const desk = flowDesk()
    const id = await ended(desk)
    const late = start(desk)
    desk.log.forget()
    const told = desk.changes.length
    late.add(said('late'))
    await late.end('succeeded')
    expect(desk.changes.length).toBe(told)
    expect(await ids(desk)).toContain(id)
    expect((await desk.log.get(late.id)).outcome).toBe('failed')
  })

  it('carries over what an earlier version kept in the document, once, and takes it out there', async () => {
    const old = flowDesk()
    const [first, second] = [await ended(old, 'a'), start(old, 'a').id]
    const records = memoryRecords()
    for (const id of [first, second]) {
      const { missing: _, ...value } = await old.log.get(id)
      await records.write([{ put: 'flow', id, value }])
    }
    const desk = flowDesk({ records })
    await desk.log.carryOver()
    expect(await records.ids('flow')).toEqual([])
    expect(desk.folder.syncs).toBe(2)
    expect((await desk.stored(first)).events).toHaveLength(1)
    expect((await desk.log.list('a')).flows).toMatchObject([{ outcome: 'failed' }, { outcome: 'succeeded' }])
  })
})
