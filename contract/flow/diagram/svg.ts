// Draws a diagram as SVG elements: a small tree of plain values, which the window turns into its own elements and svg-text.ts
// into a file. Looks are classes alone (svg-style.ts), so that the same drawing is light and dark.
import type { ArrowRow, Diagram, Label, Lifeline, MarkRow, Row, Span } from './model.ts'

export interface SvgElement {
  tag: 'g' | 'rect' | 'path' | 'circle' | 'text' | 'title'
  attributes: Readonly<Record<string, string | number>>
  children: readonly (SvgElement | string)[]
}

/** The class of the root element, which the style is about. */
export const diagramClass = 'gd-diagram'

function element(
  tag: SvgElement['tag'],
  attributes: SvgElement['attributes'],
  children: SvgElement['children'] = [],
): SvgElement {
  return { tag, attributes, children }
}

/** The names of the lifelines; from 0 to `headHeight`. */
export function drawHead({ lifelines, headHeight }: Diagram): SvgElement[] {
  return lifelines.flatMap((lifeline) => [
    element('path', { class: 'lifeline', d: `M${lifeline.x} ${lifeline.box.y + lifeline.box.height}V${headHeight}` }),
    element('g', { class: 'party' }, [
      element('title', {}, [[lifeline.name.text, lifeline.fullHost].filter(Boolean).join('\n')]),
      element('rect', { class: 'box', ...lifeline.box, rx: 4 }),
      textOf(lifeline.name, 'name'),
      ...(lifeline.host === null ? [] : [textOf(lifeline.host)]),
    ]),
  ])
}

/** The lifelines and everything between them, below `headHeight`. */
export function drawRows(diagram: Diagram): SvgElement[] {
  const { lifelines, rows, spans } = diagram
  return [
    ...rows.flatMap((row) => (row.marked ? [bandOf(row, diagram.width)] : [])),
    ...lifelines.map((lifeline) => lineOf(lifeline, diagram)),
    ...spans.map(spanOf),
    ...rows.map((row) => drawRow(row)),
  ]
}

const bandInset = 4

function bandOf({ top, height }: Row, width: number): SvgElement {
  return element('rect', { class: 'band', x: bandInset, y: top, width: width - 2 * bandInset, height, rx: 4 })
}

function lineOf({ x }: Lifeline, { headHeight, height }: Diagram): SvgElement {
  return element('path', { class: 'lifeline', d: `M${x} ${headHeight}V${height}` })
}

function spanOf({ kind, tone, x, top, bottom }: Span): SvgElement {
  if (kind === 'wait') return element('path', { class: `waiting ${tone}`, d: `M${x} ${top}V${bottom}` })
  return element('rect', { class: `work ${tone}`, x: x - 3, y: top, width: 6, height: Math.max(1, bottom - top) })
}

function drawRow(row: Row): SvgElement {
  const shape = row.kind === 'arrow' ? arrowOf(row) : row.kind === 'mark' ? markOf(row) : []
  const style = row.kind === 'arrow' ? row.style : row.kind === 'mark' ? 'check' : 'wait'
  const classes = ['row', style, row.tone, row.marked ? 'evidence' : ''].filter(Boolean)
  return element('g', { class: classes.join(' ') }, [
    element('title', {}, [row.title]),
    ...shape,
    ...(row.number === null ? [] : [textOf(row.number)]),
    ...row.labels.map((label) => textOf(label)),
  ])
}

const headLength = 8
/** How far before its goal a request that got lost ends. */
const lostBefore = 18
/** Between an arrow and the lifelines. */
const clearance = 4

function arrowOf({ style, fromX, toX, y }: ArrowRow): SvgElement[] {
  const way = Math.sign(toX - fromX) || 1
  const start = fromX + way * (style === 'stray' ? 0 : clearance)
  const tip = toX - way * clearance
  if (style === 'lost') {
    const end = tip - way * lostBefore
    return [element('path', { class: 'line', d: `M${start} ${y}H${end - way * 6}` }), crossAt(end, y)]
  }
  const back = tip - way * headLength
  return [
    ...(style === 'stray' ? [element('circle', { class: 'origin', cx: start, cy: y, r: 4 })] : []),
    element('path', { class: 'line', d: `M${start} ${y}H${back}` }),
    element('path', { class: 'head', d: `M${tip} ${y}L${back} ${y - 4}V${y + 4}Z` }),
  ]
}

function crossAt(x: number, y: number): SvgElement {
  return element('path', {
    class: 'sign',
    d: `M${x - 4} ${y - 4}L${x + 4} ${y + 4}M${x + 4} ${y - 4}L${x - 4} ${y + 4}`,
  })
}

const markRadius = 8

function markOf({ shape, x, y }: MarkRow): SvgElement[] {
  const circle = element('circle', { class: 'disc', cx: x, cy: y, r: markRadius })
  switch (shape) {
    case 'passed':
      return [circle, element('path', { class: 'sign', d: `M${x - 3.5} ${y}L${x - 1} ${y + 3}L${x + 3.5} ${y - 3}` })]
    case 'failed':
      return [
        circle,
        element('path', {
          class: 'sign',
          d: `M${x - 3} ${y - 3}L${x + 3} ${y + 3}M${x + 3} ${y - 3}L${x - 3} ${y + 3}`,
        }),
      ]
    case 'skipped':
      return [circle, element('path', { class: 'sign', d: `M${x - 3} ${y}H${x + 3}` })]
    case 'note':
      return [circle, element('path', { class: 'sign', d: `M${x} ${y - 4}V${y - 3.2}M${x} ${y - 0.5}V${y + 4}` })]
    case 'decision':
      return [element('path', { class: 'disc', d: `M${x} ${y - 8}L${x + 8} ${y}L${x} ${y + 8}L${x - 8} ${y}Z` })]
  }
}

/** A label as an element. */
export function textOf({ x, y, text, size, anchor, face, dim }: Label, name = ''): SvgElement {
  const classes = [face, anchor, size < 12 ? 'small' : '', dim ? 'dim' : '', name].filter(Boolean)
  return element('text', { class: classes.join(' '), x, y }, [text])
}
