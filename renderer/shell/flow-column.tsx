// The flow beside the screen, as wide as the person wants it, or on the whole page.
import { ActionIcon, Group, Tooltip } from '@mantine/core'
import { IconArrowsMaximize, IconArrowsMinimize, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import { LazyView } from '../kit/lazy-part.tsx'
import { modifierKey } from '../kit/shortcuts.ts'
import { useWidth } from '../kit/use-width.ts'
import { useGrantdesk } from '../state/store.ts'
import classes from './flow-column.module.css'
import { heldWidth, narrowestFlow, setFlowWidth, widestFlow, widthAfterKey } from './flow-width.ts'
import { flowPart } from './screens.ts'

export function FlowColumn({ id }: { id: string }) {
  const openFlow = useGrantdesk((state) => state.openFlow)
  const whole = useGrantdesk((state) => state.flowWhole)
  const column = useRef<HTMLElement>(null)
  const width = useWidth(column)
  return (
    <section ref={column} className={classes.flow} aria-label="Flow">
      {!whole && <Handle width={width ?? narrowestFlow} />}
      <Group className={classes.bar} justify="space-between">
        <strong>Flow</strong>
        <Group gap={4}>
          <WholePage whole={whole} />
          <ActionIcon aria-label="Close flow" onClick={() => openFlow(null)}>
            <IconX size={16} aria-hidden="true" />
          </ActionIcon>
        </Group>
      </Group>
      <div className={classes.body}>
        <LazyView key={id} part={flowPart} props={{ id }} />
      </div>
    </section>
  )
}

function WholePage({ whole }: { whole: boolean }) {
  const showWhole = useGrantdesk((state) => state.showFlowWhole)
  const label = whole ? 'Show the flow beside the screen' : 'Show the flow on the whole page'
  const Icon = whole ? IconArrowsMinimize : IconArrowsMaximize
  return (
    <Tooltip label={`${label} (${modifierKey} Shift F)`}>
      <ActionIcon aria-label={label} aria-keyshortcuts="Control+Shift+F Meta+Shift+F" onClick={() => showWhole(!whole)}>
        <Icon size={16} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  )
}

/** The column's left edge, to be dragged or moved by the arrow keys; a double click gives the usual width. */
function Handle({ width }: { width: number }) {
  function press(event: KeyboardEvent<HTMLElement>) {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    // As it is now: keys may come faster than the width is told of.
    const now = event.currentTarget.parentElement?.offsetWidth ?? width
    const next = widthAfterKey(event.key, now, window.innerWidth)
    if (next === null) return
    event.preventDefault()
    setFlowWidth(next)
  }
  function grip({ currentTarget, pointerId, button }: PointerEvent) {
    if (button === 0) currentTarget.setPointerCapture(pointerId)
  }
  function drag({ currentTarget, pointerId, clientX }: PointerEvent) {
    if (!currentTarget.hasPointerCapture(pointerId)) return
    setFlowWidth(heldWidth(window.innerWidth - clientX, window.innerWidth))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved
    <div
      role="separator"
      className={classes.handle}
      tabIndex={0}
      aria-label="Width of the flow"
      aria-orientation="vertical"
      aria-valuemin={narrowestFlow}
      aria-valuemax={Math.max(width, widestFlow(window.innerWidth))}
      aria-valuenow={width}
      aria-valuetext={`${width} pixels`}
      onKeyDown={press}
      onPointerDown={grip}
      onPointerMove={drag}
      onDoubleClick={() => setFlowWidth(null)}
    />
  )
}
