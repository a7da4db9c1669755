import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { flowSchema } from '../../../../contract/flow/flow.ts'
import { usualKeep } from '../../../../contract/settings.ts'
import { Problem } from '../../../../core/problem.ts'
import { flowBounds } from '../../../../core/retention-limits.ts'
import { Secret } from '../../../../core/secret.ts'
import { memoryRecords } from '../../../support/memory-records.ts'
import { type FlowFixture, flowFixture, said } from './flow-fixture.ts'

const start = (grantdesk: FlowFixture, connectionId: string | null = null) => {
  grantdesk.clock.time++
  return grantdesk.log.start({ kind: 'connect', about: { service: 'Plane' }, serviceId: 'plane', connectionId })
}

describe('a flow under way', () => {
  it('is on disk as soon as it has begun, so that a killed host leaves its record', async () => {
    const grantdesk = flowFixture()
    const { id } = start(grantdesk)
    expect(await grantdesk.stored(id)).toMatchObject({ id, failure: { kind: 'cut_off' } })
  })

  it('is written on as its events come, in one write for a burst, and never waited for', async () => {
    const grantdesk = flowFixture()
    const recording = start(grantdesk)
    const { writes } = grantdesk.folder
    for (let event = 0; event < 20; event++) recording.add(said(`${event}`))
    await expect.poll(async () => (await grantdesk.stored(recording.id)).events.length).toBe(20)
    expect(grantdesk.folder.writes - writes).toBeLessThanOrEqual(2)
    expect(grantdesk.folder.syncs).toBe(0)
  })

  it('tells of each change', () => {
    const grantdesk = flowFixture()
    const recording = start(grantdesk)
    const waited = recording.wait({ for: 'redirect' })
    grantdesk.clock.time += 7
    waited('over')
    recording.attach('c1')
    const told = grantdesk.changes.map((change) => {
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
    const grantdesk = flowFixture()
    const recording = start(grantdesk)
    recording.hide(new Secret('sesame-open'), 'code')
    recording.wait({ for: 'redirect' })
    const failure = {
      kind: 'refused',
      by: 'token_endpoint',
      status: 400,
      error: 'sesame-open',
      errorDescription: null,
    } as const
    const refused = new Problem({ ...failure, message: 'no to sesame-open' }, ['sesame-open'])
    await recording.end('failed', recording.redact(refused))
    const stored = flowSchema
      .unwrap()
      .extend({ missing: z.number() })
      .parse(await grantdesk.stored(recording.id))
    expect(stored).toMatchObject({ outcome: 'failed', endedAt: grantdesk.clock.time, eventCount: 1, missing: 0 })
    expect(stored.events).toMatchObject([{ kind: 'wait', ended: 'cancelled' }])
    expect(JSON.stringify(stored)).not.toContain('sesame-open')
    expect(await grantdesk.log.get(recording.id)).toEqual(stored)
  })

  it('changes no more', async () => {
    const grantdesk = flowFixture()
    const recording = start(grantdesk)
    await recording.end('succeeded')
    recording.add(said('late'))
    await recording.end('failed')
    expect(await grantdesk.log.get(recording.id)).toMatchObject({ outcome: 'succeeded', events: [] })
  })

  it('stands when nothing can be written, and is written when there is room again', async () => {
    const grantdesk = flowFixture()
    const recording = start(grantdesk)
    grantdesk.folder.trouble = 'full'
    recording.add(said('meanwhile'))
    await recording.end('succeeded')
    expect(await grantdesk.log.get(recording.id)).toMatchObject({ outcome: 'succeeded', events: [{}] })
    expect((await grantdesk.stored(recording.id)).outcome).toBe('failed')
    expect((await grantdesk.log.list()).unwritten).not.toBeNull()
    grantdesk.folder.trouble = null
    await start(grantdesk).end('succeeded')
    expect(await grantdesk.stored(recording.id)).toMatchObject({ outcome: 'succeeded', events: [{}], missing: 0 })
  })

  it('tells of a secret that became known late nowhere on disk', async () => {
    const grantdesk = flowFixture()
    const recording = start(grantdesk)
    recording.add(said('sesame-open'))
    recording.hide(new Secret('sesame-open'), 'code')
    await recording.end('succeeded')
    expect(JSON.stringify(await grantdesk.stored(recording.id))).not.toContain('sesame-open')
  })

  it('of which a line is damaged says so, and shows the rest', async () => {
    const grantdesk = flowFixture()
    const recording = start(grantdesk)
    for (const text of ['one', 'two', 'three']) recording.add(said(text))
    await recording.end('succeeded')
    const file = `test/flows/${recording.id}.log`
    const whole = grantdesk.folder.files.get(file)?.toString() ?? ''
    grantdesk.folder.files.set(file, Buffer.from(whole.replace(/^(2 .{40})..../m, '$1AAAA')))
    expect(await grantdesk.stored(recording.id)).toMatchObject({ outcome: 'succeeded', events: [{}, {}], missing: 1 })
  })
})

const ids = async (grantdesk: FlowFixture, connectionId?: string) =>
  (await grantdesk.log.list(connectionId)).flows.map(({ id }) => id)

async function ended(grantdesk: FlowFixture, connectionId: string | null = null): Promise<string> {
  const recording = start(grantdesk, connectionId)
  recording.add(said('something'))
  await recording.end('succeeded')
  return recording.id
}

describe('the log', () => {
  it('lists the newest first, all or one connection’s', async () => {
    const grantdesk = flowFixture()
    const [first, second, third] = [start(grantdesk, 'a'), start(grantdesk, 'b'), start(grantdesk, 'a')]
    expect(await ids(grantdesk)).toEqual([third.id, second.id, first.id])
    expect(await ids(grantdesk, 'a')).toEqual([third.id, first.id])
    expect(grantdesk.log.recent().map(({ id }) => id)).toEqual([third.id, second.id, first.id])
  })

  it('is the same for the next host', async () => {
    const grantdesk = flowFixture()
    const kept = [await ended(grantdesk, 'a'), await ended(grantdesk, 'b')].reverse()
    grantdesk.log.flush()
    const next = flowFixture({ folder: grantdesk.folder })
    expect(next.log.recent().map(({ id }) => id)).toEqual(kept)
    expect(next.log.recent()).toEqual(grantdesk.log.recent())
    expect(await ids(next)).toEqual(kept)
  })

  it('opens no flow to be listed', async () => {
    const grantdesk = flowFixture()
    await ended(grantdesk)
    grantdesk.log.flush()
    const read: string[] = []
    const folder = {
      ...grantdesk.folder,
      read(name: string) {
        read.push(name)
        return grantdesk.folder.read(name)
      },
    }
    const next = flowFixture({ folder })
    next.log.recent()
    await next.log.list()
    expect([...new Set(read)]).toEqual(['test/flows-index/index.log'])
  })

  it('keeps a share of each connection, says what is no longer kept, and keeps what runs', async () => {
    const bounds = { ...flowBounds(usualKeep), total: 4 }
    const grantdesk = flowFixture({ bounds: () => bounds })
    const running = start(grantdesk, 'busy')
    const quiet = await ended(grantdesk, 'quiet')
    const busy = []
    for (let count = 0; count < 9; count++) busy.push(await ended(grantdesk, 'busy'))
    await expect.poll(async () => (await ids(grantdesk)).length).toBe(5)
    expect(await ids(grantdesk)).toEqual(expect.arrayContaining([running.id, quiet, ...busy.slice(-3)]))
    expect(grantdesk.changes.filter((change) => change.kind === 'flow_removed')).toHaveLength(6)
    await expect(grantdesk.log.get(busy[0] ?? '')).rejects.toThrow('no longer kept')
    expect((await grantdesk.log.list('busy')).noLongerKept).toBe(6)
    expect((await grantdesk.log.list('quiet')).noLongerKept).toBe(0)
    grantdesk.log.flush()
    const next = flowFixture({ folder: grantdesk.folder })
    expect(await next.log.list('busy')).toMatchObject({ noLongerKept: 6 })
    expect([...grantdesk.folder.files.keys()].filter((name) => name.startsWith('test/flows/'))).toHaveLength(5)
  })

  it('does not count as missed what said nothing new', async () => {
    const grantdesk = flowFixture()
    const id = await ended(grantdesk, 'a')
    await grantdesk.log.drop(id)
    expect(await grantdesk.log.list('a')).toEqual({ flows: [], noLongerKept: 0, unwritten: null })
    expect(grantdesk.folder.files.has(`test/flows/${id}.log`)).toBe(false)
  })

  it('tells the truth about flows whose host died', async () => {
    const dead = flowFixture()
    const recording = start(dead)
    recording.wait({ for: 'redirect' })
    await expect.poll(async () => (await dead.stored(recording.id)).events.length).toBe(1)
    const next = flowFixture({ folder: dead.folder })
    expect(next.log.recent()).toMatchObject([{ id: recording.id, outcome: 'failed' }])
    const events = [{ kind: 'wait', ended: 'host_ended', endedAt: null }]
    const truth = { outcome: 'failed', events, failure: { kind: 'cut_off' } }
    expect(await next.log.get(recording.id)).toMatchObject(truth)
    expect((await next.log.list()).flows).toMatchObject([{ id: recording.id, outcome: 'failed' }])
    next.log.flush()
    const third = flowFixture({ folder: dead.folder })
    expect((await third.log.list()).flows).toMatchObject([{ outcome: 'failed', endedAt: recording.flow().startedAt }])
    expect((await third.log.get(recording.id)).failure?.message).toContain('may have granted access')
  })

  it.each([
    ['is missing', () => undefined],
    ['is cut short', (index: string) => index.slice(0, index.length / 2)],
    ['is damaged', (index: string) => index.replace(/[A-Z]/g, 'A')],
    ['is from before', (index: string) => index.split('\n').slice(0, 2).join('\n').concat('\n')],
  ])('finds every flow again where its index %s', async (_, change) => {
    const grantdesk = flowFixture()
    const kept = [await ended(grantdesk, 'a'), await ended(grantdesk, 'b'), await ended(grantdesk, null)].reverse()
    grantdesk.log.flush()
    const before = (await grantdesk.log.list()).flows
    const index = change(grantdesk.folder.files.get('test/flows-index/index.log')?.toString() ?? '')
    if (index === undefined) grantdesk.folder.files.delete('test/flows-index/index.log')
    else grantdesk.folder.files.set('test/flows-index/index.log', Buffer.from(index))
    const next = flowFixture({ folder: grantdesk.folder })
    const found = (await next.log.list()).flows
    expect(found.map(({ id }) => id)).toEqual(kept)
    expect(found).toEqual(before)
    next.log.flush()
    const third = flowFixture({ folder: grantdesk.folder })
    expect(third.log.recent()).toEqual(before)
  })

  it('lists no flow whose file has gone, and counts it as no longer kept', async () => {
    const grantdesk = flowFixture()
    const id = await ended(grantdesk, 'a')
    grantdesk.log.flush()
    grantdesk.folder.files.delete(`test/flows/${id}.log`)
    expect(await flowFixture({ folder: grantdesk.folder }).log.list('a')).toEqual({
      flows: [],
      noLongerKept: 1,
      unwritten: null,
    })
  })

  it('holds nothing after the vault locked, and everything after it opened', async () => {
    const grantdesk = flowFixture()
    const id = await ended(grantdesk)
    const late = start(grantdesk)
    grantdesk.log.forget()
    const told = grantdesk.changes.length
    late.add(said('late'))
    await late.end('succeeded')
    expect(grantdesk.changes.length).toBe(told)
    expect(await ids(grantdesk)).toContain(id)
    expect((await grantdesk.log.get(late.id)).outcome).toBe('failed')
  })

  it('carries over what an earlier version kept in the document, once, and takes it out there', async () => {
    const old = flowFixture()
    const [first, second] = [await ended(old, 'a'), start(old, 'a').id]
    const records = memoryRecords()
    for (const id of [first, second]) {
      const { missing: _, ...value } = await old.log.get(id)
      await records.write([{ put: 'flow', id, value }])
    }
    const grantdesk = flowFixture({ records })
    await grantdesk.log.carryOver()
    expect(await records.ids('flow')).toEqual([])
    expect(grantdesk.folder.syncs).toBe(2)
    expect((await grantdesk.stored(first)).events).toHaveLength(1)
    expect((await grantdesk.log.list('a')).flows).toMatchObject([{ outcome: 'failed' }, { outcome: 'succeeded' }])
  })
})
