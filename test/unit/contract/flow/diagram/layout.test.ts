import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layOut } from '../../../../../contract/flow/diagram/layout.ts'
import type { ArrowRow, Diagram, Label, Row } from '../../../../../contract/flow/diagram/model.ts'
import { textWidth } from '../../../../../contract/flow/diagram/text-width.ts'
import type { FlowEvent } from '../../../../../contract/flow/event.ts'
import { anyEvents } from './arbitrary-events.ts'
import { checkEvent, exchangeEvent, failedVisit, rareEvents } from './sample-events.ts'

const now = Date.UTC(2026, 10, 30, 9, 1)

const textsOf = (row: Row) => row.labels.map(({ text }) => text)
const rowsOf = (diagram: Diagram, id: string) => diagram.rows.filter(({ eventId }) => eventId === id)
const arrowsOf = (diagram: Diagram, id: string) =>
  rowsOf(diagram, id).filter((row): row is ArrowRow => row.kind === 'arrow')

/** `grantdesk>browser` for each arrow of an event. */
function waysOf(diagram: Diagram, id: string): string[] {
  const partyAt = (x: number) => diagram.lifelines.find((one) => one.x === x)?.party ?? 'nobody'
  return arrowsOf(diagram, id).map(({ fromX, toX }) => `${partyAt(fromX)}>${partyAt(toX)}`)
}

describe('a visit in the browser', () => {
  const diagram = layOut(failedVisit, { now, marked: new Set(['token']) })

  it('has the lifelines of those who take part, and no others', () => {
    expect(diagram.lifelines.map(({ party }) => party)).toEqual(['grantdesk', 'browser', 'authorization_server'])
    expect(diagram.lifelines.map(({ host }) => host?.text)).toEqual([undefined, undefined, 'as.example'])
  })

  it('goes to the browser, on to the authorization server, back, and to us', () => {
    expect(waysOf(diagram, 'authorize')).toEqual(['grantdesk>browser', 'browser>authorization_server'])
    expect(waysOf(diagram, 'redirect')).toEqual(['authorization_server>browser', 'browser>grantdesk'])
    expect(rowsOf(diagram, 'authorize').flatMap(textsOf)).toContain('GET /oauth/authorize')
    expect(rowsOf(diagram, 'redirect').flatMap(textsOf)).toContain('GET /callback?code&state')
  })

  it('tells what was seen from what is concluded', () => {
    expect(arrowsOf(diagram, 'authorize').map(({ style }) => style)).toEqual(['sent', 'unseen'])
    expect(arrowsOf(diagram, 'redirect').map(({ style }) => style)).toEqual(['unseen', 'sent'])
  })

  it('says how long the wait was, and draws it until the redirect', () => {
    expect(rowsOf(diagram, 'wait').flatMap(textsOf)).toContain('31 s')
    const wait = diagram.spans.find(({ kind }) => kind === 'wait')
    const stray = rowsOf(diagram, 'stray')[0]
    expect(wait?.bottom).toBeGreaterThan((stray?.top ?? 0) + (stray?.height ?? 0) - 10)
    expect(wait?.bottom).toBeLessThan(rowsOf(diagram, 'redirect')[0]?.top ?? 0)
  })

  it('shows a stray request as one that comes from nobody knows whom', () => {
    expect(arrowsOf(diagram, 'stray').map(({ style }) => style)).toEqual(['stray'])
    expect(waysOf(diagram, 'stray')).toEqual(['nobody>grantdesk'])
    expect(rowsOf(diagram, 'stray').flatMap(textsOf)).toContain('GET /favicon.ico · answered with 404')
  })

  it('answers with status, error code and duration', () => {
    expect(waysOf(diagram, 'token')).toEqual(['grantdesk>authorization_server', 'authorization_server>grantdesk'])
    expect(rowsOf(diagram, 'token').map(({ tone }) => tone)).toEqual(['good', 'bad'])
    expect(rowsOf(diagram, 'token').flatMap(textsOf)).toEqual(['POST /oauth/token', '400 invalid_grant', '24 ms'])
  })

  it('marks checks on our lifeline, with what was expected and found where it differs', () => {
    const marks = diagram.rows.filter((row) => row.kind === 'mark')
    expect(marks.map(({ shape }) => shape)).toEqual(['passed', 'skipped', 'failed'])
    expect(new Set(marks.map(({ x }) => x))).toEqual(new Set([diagram.lifelines[0]?.x]))
    expect(rowsOf(diagram, 'uri').flatMap(textsOf)).toEqual([
      'Scopes: write missing',
      'expected read write · found read',
    ])
  })

  it('numbers the steps and marks the evidence', () => {
    const numbers = diagram.rows.flatMap(({ eventId, number }) => (number === null ? [] : [[eventId, number.text]]))
    expect(numbers).toEqual([
      ['authorize', '1'],
      ['stray', '2'],
      ['redirect', '3'],
      ['token', '4'],
    ])
    expect(diagram.rows.filter(({ marked }) => marked).map(({ eventId }) => eventId)).toEqual(['token', 'token'])
  })
})

describe('other events', () => {
  const diagram = layOut(rareEvents, { now })

  it('end an arrow before its goal when the request got lost, and say why', () => {
    expect(arrowsOf(diagram, 'lost').map(({ style, tone }) => [style, tone])).toEqual([['lost', 'bad']])
    expect(rowsOf(diagram, 'lost').flatMap(textsOf)).toContain('Nothing answers at api.example.')
  })

  it('show remarks and decisions by their shapes, and steps of earlier versions as arrows', () => {
    const shape = (id: string) => rowsOf(diagram, id).map((row) => (row.kind === 'mark' ? row.shape : row.kind))
    expect(['second', 'decision', 'handed', 'revocation'].flatMap(shape)).toEqual(['note', 'decision', 'note', 'note'])
    expect(waysOf(diagram, 'legacy')).toEqual(['grantdesk>authorization_server', 'authorization_server>grantdesk'])
    expect(rowsOf(diagram, 'legacy').flatMap(textsOf)).toEqual(['Refresh the access token', '500 Oops', '9 ms'])
  })

  it('of another program have its lifeline where Grantdesk’s would be', () => {
    const by = 'other_program' as const
    const imported = layOut(
      [...failedVisit].map((event) => ({ ...event, by })),
      { now },
    )
    expect(imported.lifelines.map(({ party }) => party)).toEqual(['other_program', 'browser', 'authorization_server'])
    expect(waysOf(imported, 'redirect')).toEqual(['authorization_server>browser', 'browser>other_program'])
    expect(rowsOf(imported, 'state').map((row) => row.kind === 'mark' && row.x)).toEqual([imported.lifelines[0]?.x])
  })

  it('name the host of an arrow where a lifeline stands for several', () => {
    const other = { method: 'GET', url: 'https://other.example/me', headers: [], body: null, truncated: false }
    const two = layOut([exchangeEvent('one', 0), exchangeEvent('two', 100, { request: other })], { now })
    expect(two.lifelines[1]?.host).toBeNull()
    expect(two.rows.flatMap(textsOf)).toContain('POST as.example/oauth/token')
    expect(two.rows.flatMap(textsOf)).toContain('GET other.example/me')
  })
})

describe('time', () => {
  const slow = exchangeEvent('slow', 0, { timing: { waiting: 900, receiving: 100, whole: 1_000 } })

  it('puts an answer after what happened between it and its request', () => {
    const events = [slow, exchangeEvent('quick', 100), checkEvent('after', 1_000)]
    const order = layOut(events, { now }).rows.map(({ eventId }) => eventId)
    expect(order).toEqual(['slow', 'quick', 'quick', 'slow', 'after'])
  })

  it('keeps the recorded order where a clock was set back', () => {
    const order = layOut([exchangeEvent('first', 5_000), exchangeEvent('second', 1_000)], { now }).rows
    expect(order.map(({ eventId }) => eventId)).toEqual(['first', 'second', 'second', 'first'])
  })

  it('makes the space between rows as long as the time between them, to scale', () => {
    const events = [checkEvent('a', 0), checkEvent('b', 1_000), checkEvent('c', 4_000)]
    const [a, b, c] = layOut(events, { now, axis: 'scale' }).rows
    const space = (one?: Row, next?: Row) => (next?.top ?? 0) - (one?.top ?? 0) - (one?.height ?? 0)
    expect(space(b, c)).toBeCloseTo(3 * space(a, b), 5)
    expect(space(a, b)).toBeGreaterThan(100)
    expect(c?.labels.map(({ text }) => text)).toContain('+4.0 s')
  })

  it('shows what is awaited, and for how long it has been', () => {
    const running = exchangeEvent('running', now - 3_000, {
      ...{ response: null, outcome: 'running', timing: { waiting: null, receiving: null, whole: null } },
    })
    const diagram = layOut([running], { now })
    expect(arrowsOf(diagram, 'running').map(({ style, tone }) => [style, tone])).toEqual([
      ['sent', 'good'],
      ['awaited', 'running'],
    ])
    expect(rowsOf(diagram, 'running').flatMap(textsOf)).toContain('3.0 s')
  })
})

function boundsOf({ x, text, size, anchor, face }: Label): [left: number, right: number] {
  const width = textWidth(text, size, face)
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2
  return [left, left + width]
}

describe('whatever was recorded', () => {
  const options = fc.record({
    axis: fc.constantFrom('order' as const, 'scale' as const),
    width: fc.integer({ min: 100, max: 2_000 }),
  })

  it('keeps rows apart', () => {
    fc.assert(
      fc.property(anyEvents, options, (events: FlowEvent[], chosen) => {
        const { rows, height, headHeight } = layOut(events, { now: 50_000, ...chosen })
        let bottom = headHeight
        for (const row of rows) {
          expect(row.top).toBeGreaterThanOrEqual(bottom)
          bottom = row.top + row.height
          for (const { y } of row.labels) expect([y > row.top, y < bottom]).toEqual([true, true])
        }
        expect(bottom).toBeLessThanOrEqual(height)
      }),
    )
  })

  it('keeps everything inside', () => {
    fc.assert(
      fc.property(anyEvents, options, (events: FlowEvent[], chosen) => {
        const { rows, spans, lifelines, width, height } = layOut(events, { now: 50_000, ...chosen })
        const rowLabels = rows.flatMap(({ labels, number }) => [...labels, number])
        const labels = [...rowLabels, ...lifelines.flatMap(({ name, host }) => [name, host])]
        const bounds = labels.filter((label) => label !== null).map(boundsOf)
        expect(bounds.filter(([left, right]) => left < 0 || right > width)).toEqual([])
        const boxes = lifelines.map(({ box }) => [box.x, box.x + box.width])
        expect(boxes.flat().filter((x) => x < 0 || x > width)).toEqual([])
        expect(spans.filter(({ top, bottom }) => top > bottom || bottom > height)).toEqual([])
      }),
    )
  })

  it('shows every event, and each only as itself', () => {
    fc.assert(
      fc.property(anyEvents, (events: FlowEvent[]) => {
        const { rows } = layOut(events, { now: 50_000 })
        expect(new Set(rows.map(({ eventId }) => eventId))).toEqual(new Set(events.map(({ id }) => id)))
        expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
      }),
    )
  })

  it('lays out five hundred events quickly', () => {
    const events = Array.from({ length: 500 }, (_, index) =>
      index % 2 === 0 ? exchangeEvent(`e${index}`, index * 40) : checkEvent(`c${index}`, index * 40),
    )
    layOut(events, { now })
    const before = process.cpuUsage()
    for (let times = 0; times < 10; times++) layOut(events, { now })
    const { user, system } = process.cpuUsage(before)
    expect((user + system) / 10 / 1_000).toBeLessThan(100)
  })
})
