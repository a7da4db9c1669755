// Which parties take part in a flow, and where their lifelines stand.
import type { FlowEvent } from '../event.ts'
import type { Party } from '../legacy-step.ts'
import { partyWords } from '../party-words.ts'
import { hostIn } from '../request-line.ts'
import type { Label, Lifeline } from './model.ts'
import { cutText, textWidth } from './text-width.ts'

/** From left to right. */
const order: readonly Party[] = ['grantdesk', 'other_program', 'browser', 'authorization_server', 'api']

export interface Columns {
  width: number
  /** Where step numbers end, and where durations begin. */
  gutter: number
  right: number
  headHeight: number
  /** The host of each party that has exactly one. */
  hosts: ReadonlyMap<Party, string>
  lifelines: Lifeline[]
  xOf(party: Party): number
}

interface ColumnOptions {
  width: number
  /** Whether the times since the beginning stand beside the step numbers. */
  withOffsets: boolean
}

const numberGutter = 36
const offsetGutter = 84
const durationColumn = 72
const nameSize = 12
const hostSize = 11
const boxTop = 8
const boxHeight = 24
const boxPadding = 8
const hostHeight = 18
/** Between lifelines: what an arrow needs at least, and what it is stretched to at most. */
const closest = 96
const furthest = 260
/** Between the boxes of two lifelines. */
const boxGap = 10
const halfColumn = 48
/** What the text beside our own lifeline needs, where there is no other. */
const textRoom = 280

export function columnsOf(events: readonly FlowEvent[], { width, withOffsets }: ColumnOptions): Columns {
  const parties = partiesIn(events)
  const hosts = hostsIn(events)
  const boxes = parties.map((party) => textWidth(partyWords[party], nameSize, 'plain') + 2 * boxPadding)
  const gutter = withOffsets ? offsetGutter : numberGutter
  const half = (index: number) => (boxes[index] ?? 0) / 2
  const apart = parties.slice(1).map((_, index) => Math.max(closest, half(index) + half(index + 1) + boxGap))
  const firstX = gutter + Math.max(halfColumn, half(0))
  const tail = Math.max(halfColumn, half(parties.length - 1)) + durationColumn
  const needed = firstX + apart.reduce((sum, one) => sum + one, 0) + tail
  const whole = Math.ceil(Math.max(width, needed, gutter + textRoom + durationColumn))
  const spare = apart.length === 0 ? 0 : (whole - needed) / apart.length
  let x = firstX
  const xs = parties.map((_, index) => {
    const before = apart[index - 1]
    if (before !== undefined) x += Math.max(before, Math.min(furthest, before + spare))
    return Math.round(x)
  })
  const headHeight = boxTop + boxHeight + (hosts.size > 0 ? hostHeight : 0) + 8
  const lifelines = parties.map((party, index) =>
    lifelineOf(party, {
      ...{ x: xs[index] ?? firstX, boxWidth: boxes[index] ?? 0 },
      host: hosts.get(party),
      hostRoom: 2 * Math.min(roomAt(xs, index), (xs[index] ?? 0) - 4, whole - (xs[index] ?? 0) - 4),
    }),
  )
  const places = new Map(parties.map((party, index) => [party, xs[index] ?? firstX]))
  const xOf = (party: Party) => places.get(party) ?? firstX
  return { width: whole, gutter, right: whole - durationColumn, headHeight, hosts, lifelines, xOf }
}

/** Half of what a text below a lifeline’s name may take before it meets the next one’s. */
function roomAt(xs: readonly number[], index: number): number {
  const own = xs[index] ?? 0
  const distances = [xs[index - 1], xs[index + 1]].flatMap((x) => (x === undefined ? [] : [Math.abs(x - own)]))
  return Math.min(Number.POSITIVE_INFINITY, ...distances) / 2 - 4
}

interface LifelineFacts {
  x: number
  boxWidth: number
  host: string | undefined
  hostRoom: number
}

function lifelineOf(party: Party, { x, boxWidth, host, hostRoom }: LifelineFacts): Lifeline {
  const middle = { x, anchor: 'middle' } as const
  const box = { x: Math.round(x - boxWidth / 2), y: boxTop, width: Math.ceil(boxWidth), height: boxHeight }
  const title: Label = { ...middle, y: boxTop + 16, text: partyWords[party], size: nameSize, face: 'plain', dim: false }
  const shown = host === undefined ? '' : cutText(host, hostRoom, hostSize, 'mono')
  const y = boxTop + boxHeight + 14
  const below: Label = { ...middle, y, text: shown, size: hostSize, face: 'mono', dim: true }
  return { party, x, box, name: title, host: shown === '' ? null : below, fullHost: host ?? '' }
}

function partiesIn(events: readonly FlowEvent[]): Party[] {
  const there = new Set<Party>()
  for (const event of events) {
    there.add(event.by ?? 'grantdesk')
    if (event.kind === 'exchange') there.add(event.to)
    else if (event.kind === 'legacy_step') there.add(event.from).add(event.to)
    else if (event.kind === 'authorization_request' || event.kind === 'redirect')
      there.add('browser').add('authorization_server')
  }
  return there.size === 0 ? ['grantdesk'] : order.filter((party) => there.has(party))
}

function hostsIn(events: readonly FlowEvent[]): Map<Party, string> {
  const found = new Map<Party, Set<string>>()
  const add = (party: Party, url: string) => {
    found.set(party, (found.get(party) ?? new Set()).add(hostIn(url)))
  }
  for (const event of events) {
    if (event.kind === 'exchange') add(event.to, event.request.url)
    else if (event.kind === 'authorization_request') add('authorization_server', event.endpoint)
  }
  const alone = [...found].filter(([, hosts]) => hosts.size === 1)
  return new Map(
    alone.map(([party, hosts]) => [party, [...hosts][0] ?? '']).filter(([, host]) => host !== '') as [Party, string][],
  )
}
