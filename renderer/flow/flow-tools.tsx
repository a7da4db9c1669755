// What stands over a flow's events: as a diagram or as a list, the time axis, the size, and files of it.
import { ActionIcon, Group, SegmentedControl, Tooltip } from '@mantine/core'
import { IconArrowAutofitWidth, IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import type { KeptFlow } from '../../contract/flow/flow.ts'
import { nextZoom, setFlowLook, useFlowLook } from './flow-look.ts'
import { FlowShare } from './flow-share.tsx'

interface FlowToolsProps {
  flow: KeptFlow
  /** Whether there is room for a diagram at all. */
  hasRoom: boolean
}

export function FlowTools({ flow, hasRoom }: FlowToolsProps) {
  const { view, axis, zoom } = useFlowLook()
  const factor = zoom === 'fit' ? 1 : zoom
  return (
    <Group role="toolbar" aria-label="Events" gap="xs" px="md" py={8}>
      {hasRoom && (
        <SegmentedControl
          aria-label="How to show the events"
          size="xs"
          value={view}
          onChange={(next) => setFlowLook({ view: next })}
          data={[
            { value: 'diagram', label: 'Diagram' },
            { value: 'list', label: 'List' },
          ]}
        />
      )}
      {hasRoom && view === 'diagram' && (
        <>
          <SegmentedControl
            aria-label="Time axis"
            size="xs"
            value={axis}
            onChange={(next) => setFlowLook({ axis: next })}
            data={[
              { value: 'order', label: 'In order' },
              { value: 'scale', label: 'To scale' },
            ]}
          />
          <Group gap={2}>
            <Tool
              label="Zoom out"
              keys="-"
              icon={IconZoomOut}
              onClick={() => setFlowLook({ zoom: nextZoom(factor, 'out') })}
            />
            <Tool
              label="Zoom in"
              keys="+"
              icon={IconZoomIn}
              onClick={() => setFlowLook({ zoom: nextZoom(factor, 'in') })}
            />
            <Tool label="Fit" keys="0" icon={IconArrowAutofitWidth} onClick={() => setFlowLook({ zoom: 'fit' })} />
          </Group>
        </>
      )}
      <Group flex={1} justify="flex-end">
        <FlowShare flow={flow} />
      </Group>
    </Group>
  )
}

interface ToolProps {
  label: string
  /** The key that does the same on a step of the diagram. */
  keys: string
  icon: ComponentType<{ size: number; 'aria-hidden': true }>
  onClick: () => void
}

function Tool({ label, keys, icon: Icon, onClick }: ToolProps) {
  return (
    <Tooltip label={`${label} (${keys})`}>
      <ActionIcon variant="subtle" color="gray" size="sm" aria-label={label} aria-keyshortcuts={keys} onClick={onClick}>
        <Icon size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}
