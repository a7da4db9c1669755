// The events of a flow, as a diagram or, where there is no room for one or the person wants it so, as a list. The failed one is
// open from the start.
import { useEffect, useRef, useState } from 'react'
import type { KeptFlow } from '../../contract/flow/flow.ts'
import { eventOutcome } from '../../contract/flow/words.ts'
import { useWidth } from '../kit/use-width.ts'
import { DiagramView, LiveDiagramView } from './diagram-view.tsx'
import { EventList, type Focus } from './event-list.tsx'
import { useFlowLook } from './flow-look.ts'
import { FlowTools } from './flow-tools.tsx'

interface FlowEventsProps {
  flow: KeptFlow
  /** The ids of the events that are evidence of something; the same set while it is the same evidence. */
  marked?: ReadonlySet<string>
  /** The event to show in place of the one that failed; a new object shows it again. */
  focus?: Focus | null
}

/** Below this a diagram would be too small to read. */
const narrowest = 480
const nothing: ReadonlySet<string> = new Set()

export function FlowEvents({ flow, marked = nothing, focus = null }: FlowEventsProps) {
  const { view } = useFlowLook()
  const place = useRef<HTMLDivElement>(null)
  const width = useWidth(place)
  const [chosen, setChosen] = useState<string | null | undefined>(focus?.event)
  const failed = flow.events.findLast((event) => eventOutcome(event) === 'failed')
  const selected = chosen === undefined ? (failed?.id ?? null) : chosen
  const hasRoom = width === null || width >= narrowest
  const asList = !hasRoom || view === 'list'
  const reached = useRef<Focus | null>(null)
  // After each drawing: the step is there once it is selected and the page has been measured.
  useEffect(() => {
    if (focus === null || reached.current === focus) return
    if (selected !== focus.event) return setChosen(focus.event)
    const step = place.current?.querySelector<HTMLElement>('[aria-current="step"]')
    if (!step && !asList) return
    reached.current = focus
    // The list does so itself.
    step?.focus()
  })
  const props = { events: flow.events, marked, selected, onSelect: setChosen }
  return (
    <div ref={place}>
      <FlowTools flow={flow} hasRoom={hasRoom} />
      {asList ? (
        <EventList events={flow.events} focus={focus} />
      ) : flow.endedAt === null ? (
        <LiveDiagramView {...props} />
      ) : (
        <DiagramView {...props} now={flow.endedAt} />
      )}
    </div>
  )
}
