// One row of a diagram: where its arrow, mark or wait stands, and what of its texts has room.
import type { Draft } from './drafts.ts'
import type { Columns } from './lifelines.ts'
import type { Label, Row } from './model.ts'
import { cutText, type Face, textWidth } from './text-width.ts'

interface RowPlace {
  columns: Columns
  top: number
}

/** All of a row that its draft and its place decide. */
export type PlacedRow =
  | Omit<Extract<Row, { kind: 'arrow' }>, Told>
  | Omit<Extract<Row, { kind: 'mark' }>, Told>
  | Omit<Extract<Row, { kind: 'wait' }>, Told>
type Told = 'id' | 'eventId' | 'number' | 'marked' | 'title'

export const labelSize = 12
const detailSize = 11
const arrowHeight = 38
const lineY = 26
const markHeight = 26
const detailHeight = 16
/** From a lifeline to the text beside it. */
const beside = 16
/** How far a stray request comes: from nowhere, as far as is known. */
const strayLength = 64

export function placeRow(draft: Draft, place: RowPlace): PlacedRow {
  switch (draft.kind) {
    case 'arrow':
      return placeArrow(draft, place)
    case 'mark':
      return placeMark(draft, place)
    case 'wait':
      return placeWait(draft, place)
  }
}

function placeArrow(draft: Extract<Draft, { kind: 'arrow' }>, { columns, top }: RowPlace): PlacedRow {
  const { style, tone, at } = draft
  const toX = columns.xOf(draft.to)
  const fromX = style === 'stray' ? toX + strayLength : columns.xOf(draft.from)
  const height = arrowHeight + (draft.detail === '' ? 0 : detailHeight)
  const texts =
    style === 'stray'
      ? [
          besideLabel(draft.label, { columns, x: fromX - beside / 2, y: top + lineY + 4, face: 'plain' }),
          besideLabel(draft.detail, { columns, x: fromX - beside / 2, y: top + lineY + 20, face: 'mono', dim: true }),
        ]
      : [
          overArrow(draft.label, { columns, fromX, toX, y: top + lineY - 7 }),
          overArrow(draft.detail, { columns, fromX, toX, y: top + lineY + 14, dim: true }),
        ]
  const labels = [...texts, durationLabel(draft.duration, columns, top + lineY + 4)]
  return { kind: 'arrow', style, tone, at, top, height, fromX, toX, y: top + lineY, labels: present(labels) }
}

function placeMark(draft: Extract<Draft, { kind: 'mark' }>, { columns, top }: RowPlace): PlacedRow {
  const { shape, tone, at } = draft
  const x = columns.xOf(draft.party)
  const y = top + markHeight / 2
  const height = markHeight + (draft.detail === '' ? 0 : detailHeight)
  const labels = [
    besideLabel(draft.label, { columns, x, y: y + 4, face: 'plain' }),
    besideLabel(draft.detail, { columns, x, y: y + 20, face: 'plain', dim: true }),
    durationLabel(draft.duration, columns, y + 4),
  ]
  return { kind: 'mark', shape, tone, at, top, height, x, y, labels: present(labels) }
}

function placeWait(draft: Extract<Draft, { kind: 'wait' }>, { columns, top }: RowPlace): PlacedRow {
  const { tone, at } = draft
  const x = columns.xOf(draft.party)
  const height = 30 + (draft.detail === '' ? 0 : detailHeight)
  const labels = [
    besideLabel(draft.label, { columns, x, y: top + 19, face: 'plain' }),
    besideLabel(draft.detail, { columns, x, y: top + 35, face: 'plain', dim: true }),
    durationLabel(draft.duration, columns, top + 19),
  ]
  return { kind: 'wait', tone, at, top, height, x, labels: present(labels) }
}

interface BesideOptions {
  columns: Columns
  x: number
  y: number
  face: Face
  dim?: boolean
}

/** A text to the right of a lifeline. */
function besideLabel(text: string, { columns, x, y, face, dim = false }: BesideOptions): Label {
  const size = dim ? detailSize : labelSize
  const start = x + beside
  const shown = cutText(text, columns.right - start - 8, size, face)
  return { x: start, y, text: shown, size, anchor: 'start', face, dim }
}

interface OverOptions {
  columns: Columns
  fromX: number
  toX: number
  y: number
  dim?: boolean
}

/** A text over the middle of an arrow; one that is longer than the arrow keeps to the rows' room. */
function overArrow(text: string, { columns, fromX, toX, y, dim = false }: OverOptions): Label {
  const size = dim ? detailSize : labelSize
  const left = columns.gutter + 8
  const right = columns.right - 8
  const shown = cutText(text, right - left, size, 'mono')
  const half = textWidth(shown, size, 'mono') / 2
  const x = Math.min(right - half, Math.max(left + half, (fromX + toX) / 2))
  return { x: Math.round(x), y, text: shown, size, anchor: 'middle', face: 'mono', dim }
}

function durationLabel(duration: string, columns: Columns, y: number): Label {
  return { x: columns.width - 12, y, text: duration, size: detailSize, anchor: 'end', face: 'mono', dim: true }
}

function present(labels: Label[]): Label[] {
  return labels.filter(({ text }) => text !== '')
}
