// Gives everything in a flow its place in a sequence diagram. Pure: the same events, the same diagram.
import { elapsedText } from '../elapsed.ts'
import type { FlowEvent } from '../event.ts'
import { eventNote, eventTitle } from '../words.ts'
import type { Draft } from './drafts.ts'
import { columnsOf } from './lifelines.ts'
import type { Diagram, Label } from './model.ts'
import { type Moment, momentsOf } from './moments.ts'
import { placeRow } from './rows.ts'
import { spansOf } from './spans.ts'
import { stepNumbers } from './step-numbers.ts'

/** `order`: one row below the other. `scale`: the space between rows is as long as the time between them. */
export type TimeAxis = 'order' | 'scale'

export interface LayoutOptions {
  /** The present (ms since the epoch), for what is under way. */
  now: number
  axis?: TimeAxis
  /** The ids of the events that are evidence of something. */
  marked?: ReadonlySet<string>
  /** In pixels; a diagram that needs more takes it. */
  width?: number
}

/** How many pixels the time between all rows takes when it is drawn to scale. */
const scaleHeight = 640
const foot = 16
/** A width that shows four lifelines well. */
const usualWidth = 880
const nothing: ReadonlySet<string> = new Set()

/** The sequence diagram of a flow's events, from the top left in pixels. */
export function layOut(events: readonly FlowEvent[], options: LayoutOptions): Diagram {
  const { now, axis = 'order', marked = nothing, width = usualWidth } = options
  const toScale = axis === 'scale'
  const columns = columnsOf(events, { width, withOffsets: toScale })
  const moments = momentsOf(events, { now, hosts: columns.hosts })
  const numbers = stepNumbers(events)
  const begin = moments[0]?.event.at ?? now
  const space = spaceBefore(moments, toScale ? now : null)
  let y = columns.headHeight
  const rows = moments.map(({ event, draft, first }, index) => {
    y += space[index] ?? 0
    const row = placeRow(draft, { columns, top: y })
    y += row.height
    const number = first ? (numbers.get(event.id) ?? null) : null
    if (toScale && draft.at !== null)
      row.labels.push(gutterLabel(`+${elapsedText(Math.max(0, draft.at - begin))}`, row.top, columns.gutter))
    return {
      ...row,
      id: `${event.id}/${index}`,
      eventId: event.id,
      number: number === null ? null : gutterLabel(String(number), row.top, 28),
      marked: marked.has(event.id),
      title: titleOf(event, draft),
    }
  })
  y += space.at(-1) ?? 0
  const { lifelines, headHeight } = columns
  return {
    width: columns.width,
    height: Math.ceil(y + foot),
    headHeight,
    lifelines,
    rows,
    spans: spansOf(moments, rows, y),
  }
}

/** Everything that the row is about, uncut. */
function titleOf(event: FlowEvent, { label, detail, duration }: Draft): string {
  const parts = [eventTitle(event), label, detail, eventNote(event), duration]
  return parts.filter((part, index) => part !== '' && parts.indexOf(part) === index).join('\n')
}

/** A number or a time in the gutter, at the height of the row’s first text. */
function gutterLabel(text: string, top: number, right: number): Label {
  return { x: right, y: top + 17, text, size: 11, anchor: 'end', face: 'mono', dim: true }
}

/**
 * The space before each row, and after the last: in proportion to the time until it, if `now` is given, and none otherwise. Where
 * a clock was set back, no time passed.
 */
function spaceBefore(moments: readonly Moment[], now: number | null): number[] {
  if (now === null) return []
  let latest = moments[0]?.event.at ?? now
  const passed = moments.map(({ draft }) => {
    const since = Math.max(0, (draft.at ?? Math.max(now, latest)) - latest)
    latest += since
    return since
  })
  const isRunning = moments.some(({ draft }) => draft.tone === 'running')
  passed.push(isRunning ? Math.max(0, now - latest) : 0)
  const whole = passed.reduce((sum, one) => sum + one, 0)
  return whole === 0 ? [] : passed.map((one) => (one / whole) * scaleHeight)
}
