// The drawing of a diagram on the page: contract/flow/diagram's elements as React's, in the colours of the window. For eyes
// alone; diagram-steps.tsx has the same for the keyboard and for screen readers.
import { createElement, memo, type ReactNode } from 'react'
import type { Diagram } from '../../contract/flow/diagram/model.ts'
import { diagramClass, drawHead, drawRows, type SvgElement } from '../../contract/flow/diagram/svg.ts'
import { colourRules, motionRules, shapeRules } from '../../contract/flow/diagram/svg-style.ts'
import { styleNonce } from '../policy.ts'

const style =
  shapeRules({ plain: 'var(--mantine-font-family)', mono: 'var(--mantine-font-family-monospace)' }) +
  colourRules({
    text: 'var(--gd-text)',
    dim: 'var(--gd-dim)',
    page: 'var(--gd-page)',
    line: 'var(--gd-line)',
    lineStrong: 'var(--gd-line-strong)',
    accent: 'var(--gd-accent)',
    good: 'var(--gd-good)',
    bad: 'var(--gd-bad)',
    badSoft: 'var(--gd-bad-soft)',
    box: 'var(--gd-side)',
  }) +
  motionRules +
  // The buttons of the steps lie under the drawing, and take the clicks.
  `.${diagramClass}{display:block;position:relative;pointer-events:none}`

/** The looks of every drawing on the page. */
export function DrawingStyle() {
  return <style nonce={styleNonce}>{style}</style>
}

function nodes(children: SvgElement['children']): ReactNode[] {
  return children.map((child, index) => {
    if (typeof child === 'string') return child
    const { class: className, ...attributes } = child.attributes
    return createElement(child.tag, { key: index, className, ...attributes }, ...nodes(child.children))
  })
}

interface DrawingProps {
  diagram: Diagram
  /** How many pixels of the page one of the diagram takes. */
  scale: number
}

/** The names of the lifelines. */
export const HeadDrawing = memo(function HeadDrawing({ diagram, scale }: DrawingProps) {
  const { width, headHeight } = diagram
  return (
    <svg
      className={diagramClass}
      width={width * scale}
      height={headHeight * scale}
      viewBox={`0 0 ${width} ${headHeight}`}
      aria-hidden="true"
    >
      {nodes(drawHead(diagram))}
    </svg>
  )
})

/** What is below the names. */
export const RowsDrawing = memo(function RowsDrawing({ diagram, scale }: DrawingProps) {
  const { width, height, headHeight } = diagram
  return (
    <svg
      className={diagramClass}
      width={width * scale}
      height={(height - headHeight) * scale}
      viewBox={`0 ${headHeight} ${width} ${height - headHeight}`}
      aria-hidden="true"
    >
      {nodes(drawRows(diagram))}
    </svg>
  )
})
