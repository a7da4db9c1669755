// A flow's events as a sequence diagram. The selected step opens below.
import { type UIEvent, useId, useMemo, useRef } from 'react'
import { flushSync } from 'react-dom'
import { layOut } from '../../contract/flow/diagram/layout.ts'
import { stepNumbers } from '../../contract/flow/diagram/step-numbers.ts'
import type { FlowEvent } from '../../contract/flow/event.ts'
import { useWidth } from '../kit/use-width.ts'
import { useNow } from '../state/use-now.ts'
import { DrawingStyle, HeadDrawing, RowsDrawing } from './diagram-drawing.tsx'
import { DiagramSteps } from './diagram-steps.tsx'
import classes from './diagram-view.module.css'
import { nextZoom, setFlowLook, useFlowLook } from './flow-look.ts'
import { StepDetails } from './step-details.tsx'

export interface DiagramViewProps {
  events: FlowEvent[]
  /** Events that are evidence of something. */
  marked: ReadonlySet<string>
  selected: string | null
  onSelect: (eventId: string | null) => void
}

/** While a flow runs, what is awaited gets longer. */
export function LiveDiagramView(props: DiagramViewProps) {
  return <DiagramView {...props} now={useNow()} />
}

/** Wider than this a diagram gets no easier to read. */
const widest = 1_000

export function DiagramView({ events, marked, selected, onSelect, now }: DiagramViewProps & { now: number }) {
  const { axis, zoom } = useFlowLook()
  const stage = useRef<HTMLDivElement>(null)
  const head = useRef<HTMLDivElement>(null)
  const detailsId = useId()
  const width = useWidth(stage)
  const diagram = useMemo(
    () => (width === null ? null : layOut(events, { now, axis, marked, width: Math.min(width, widest) })),
    [events, now, axis, marked, width],
  )
  const numbers = useMemo(() => stepNumbers(events), [events])
  const fitting = diagram === null || width === null ? 1 : Math.min(1, width / diagram.width)
  const scale = zoom === 'fit' ? fitting : zoom
  const shown = events.find(({ id }) => id === selected)

  function select(eventId: string | null) {
    flushSync(() => onSelect(eventId))
    document.getElementById(detailsId)?.scrollIntoView({ block: 'nearest' })
  }

  function moveHead({ currentTarget }: UIEvent<HTMLDivElement>) {
    if (head.current) head.current.scrollLeft = currentTarget.scrollLeft
  }

  return (
    <div data-open={shown !== undefined || undefined}>
      <DrawingStyle />
      <div ref={head} className={classes.head}>
        {diagram && <HeadDrawing diagram={diagram} scale={scale} />}
      </div>
      <div ref={stage} className={classes.stage} onScroll={moveHead}>
        {diagram && (
          <div className={classes.sheet} style={{ width: diagram.width * scale }}>
            <DiagramSteps
              {...{ events, diagram, scale, numbers, selected, detailsId }}
              onSelect={select}
              onZoom={(way) => setFlowLook({ zoom: way === 'fit' ? 'fit' : nextZoom(scale, way) })}
            />
            <RowsDrawing diagram={diagram} scale={scale} />
          </div>
        )}
      </div>
      {shown && (
        <StepDetails id={detailsId} event={shown} number={numbers.get(shown.id)} onClose={() => onSelect(null)} />
      )}
    </div>
  )
}
