// The steps of a diagram as a list of buttons that lie under the drawing: what a click, the keyboard and a screen reader reach.
// One of them is the tab stop; the arrow keys go from one to the next.
import { type KeyboardEvent, useRef, useState } from 'react'
import type { Diagram, Row } from '../../contract/flow/diagram/model.ts'
import type { FlowEvent } from '../../contract/flow/event.ts'
import classes from './diagram-view.module.css'
import { stepWords } from './step-words.ts'

interface DiagramStepsProps {
  events: FlowEvent[]
  diagram: Diagram
  scale: number
  numbers: ReadonlyMap<string, number>
  selected: string | null
  /** The id of what shows the selected step. */
  detailsId: string
  onSelect: (eventId: string | null) => void
  onZoom: (way: 'in' | 'out' | 'fit') => void
}

/** The events by their first rows, each with its rows from the top. */
function stepsOf({ rows }: Diagram): [eventId: string, rows: [Row, ...Row[]]][] {
  const steps = new Map<string, [Row, ...Row[]]>()
  for (const row of rows) {
    const known = steps.get(row.eventId)
    if (known) known.push(row)
    else steps.set(row.eventId, [row])
  }
  return [...steps]
}

const zoomKeys: Record<string, 'in' | 'out' | 'fit'> = { '+': 'in', '=': 'in', '-': 'out', '0': 'fit' }

/** Where a key leads from the step at `index`; `null` if nowhere. */
function target(key: string, index: number, last: number): number | null {
  switch (key) {
    case 'ArrowDown':
    case 'ArrowRight':
      return Math.min(last, index + 1)
    case 'ArrowUp':
    case 'ArrowLeft':
      return Math.max(0, index - 1)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}

export function DiagramSteps({ events, diagram, scale, numbers, selected, onSelect, ...props }: DiagramStepsProps) {
  const list = useRef<HTMLOListElement>(null)
  const [reached, setReached] = useState<string | null>(null)
  const byId = new Map(events.map((event) => [event.id, event]))
  const steps = stepsOf(diagram)
  const isThere = (id: string | null) => id !== null && byId.has(id)
  const tabStop = isThere(reached) ? reached : isThere(selected) ? selected : steps[0]?.[0]

  function press(event: KeyboardEvent, index: number) {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const zoom = zoomKeys[event.key]
    if (zoom !== undefined) props.onZoom(zoom)
    const next = target(event.key, index, steps.length - 1)
    if (next !== null) list.current?.querySelectorAll('button')[next]?.focus()
    if (zoom !== undefined || next !== null) event.preventDefault()
  }

  return (
    <ol ref={list} className={classes.steps} aria-label="Events">
      {steps.map(([id, rows], index) => {
        const event = byId.get(id)
        if (!event) return null
        const [first, ...further] = rows
        const top = (row: Row) => (row.top - diagram.headHeight) * scale
        return (
          <li key={id} title={rows.map(({ title }) => title).find(Boolean)}>
            <button
              type="button"
              className={classes.step}
              style={{ top: top(first), height: first.height * scale }}
              tabIndex={id === tabStop ? 0 : -1}
              aria-current={id === selected ? 'step' : undefined}
              aria-expanded={id === selected}
              aria-controls={id === selected ? props.detailsId : undefined}
              onFocus={() => setReached(id)}
              onKeyDown={(pressed) => press(pressed, index)}
              onClick={() => onSelect(id === selected ? null : id)}
            >
              <span className="gd-unseen">{stepWords(event, numbers.get(id))}</span>
              {further.map((row) => (
                <span
                  key={row.id}
                  className={classes.further}
                  style={{ top: top(row) - top(first), height: row.height * scale }}
                />
              ))}
            </button>
          </li>
        )
      })}
    </ol>
  )
}
