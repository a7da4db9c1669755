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
const durationColumn = 76
const nameSize = 12
const hostSize = 11
const boxTop = 8
const boxHeight = 24
const boxPadding = 10
const hostHeight = 18
const closest = 132
const furthest = 260

export function columnsOf(events: readonly FlowEvent[], { width, withOffsets }: ColumnOptions): Columns {
  const parties = partiesIn(events)
  const hosts = hostsIn(events)
  const boxes = parties.map((party) => textWidth(partyWords[party], nameSize, 'plain') + 2 * boxPadding)
  const gutter = withOffsets ? offsetGutter : numberGutter
  const firstX = gutter + Math.max(54, (boxes[0] ?? 0) / 2)
  const lastHalf = Math.max(54, (boxes.at(-1) ?? 0) / 2)
  const count = parties.length - 1
  const room = width - durationColumn - lastHalf - firstX
  const widest = Math.max(...boxes)
  const apart = count === 0 ? 0 : Math.min(furthest, Math.max(closest, widest + 8, Math.floor(room / count)))
  const needed = Math.ceil(firstX + count * apart + lastHalf + durationColumn)
  const whole = Math.max(width, needed, gutter + 320 + durationColumn)
  const places = new Map(parties.map((party, index) => [party, Math.round(firstX + index * apart)]))
  const headHeight = boxTop + boxHeight + (hosts.size > 0 ? hostHeight : 0) + 10
  const lifelines = parties.map((party, index) =>
    lifelineOf(party, {
      ...{ x: places.get(party) ?? firstX, boxWidth: boxes[index] ?? 0, name: partyWords[party] },
      host: hosts.get(party),
      hostRoom: count === 0 ? 300 : apart - 8,
    }),
  )
  const xOf = (party: Party) => places.get(party) ?? firstX
  return { width: whole, gutter, right: whole - durationColumn, headHeight, hosts, lifelines, xOf }
}

interface LifelineFacts {
  x: number
  boxWidth: number
  name: string
  host: string | undefined
  hostRoom: number
}

function lifelineOf(party: Party, { x, boxWidth, name, host, hostRoom }: LifelineFacts): Lifeline {
  const middle = { x, anchor: 'middle' } as const
  const box = { x: Math.round(x - boxWidth / 2), y: boxTop, width: Math.ceil(boxWidth), height: boxHeight }
  const title: Label = { ...middle, y: boxTop + 16, text: name, size: nameSize, face: 'plain', dim: false }
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
