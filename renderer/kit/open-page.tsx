// A button that opens a page of a service in the system's browser, and gives its address where none can be opened.
import { Button } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useCall } from '../state/use-call.ts'
import { CopyText } from './copy-text.tsx'
import { FailurePanel } from './failure-panel.tsx'
import { Mono } from './mono.tsx'

/** Opens `url`, after the host has checked it; `name` says more than the label where several stand together. */
export function OpenPage({ url, label, name }: { url: string; label: string; name?: string }) {
  const open = useCall('links.open')
  return (
    <>
      <Button
        size="xs"
        variant="default"
        aria-label={name}
        leftSection={<IconExternalLink size={14} aria-hidden />}
        loading={open.pending}
        onClick={() => void open.call({ url })}
      >
        {label}
      </Button>
      {open.failure && (
        <FailurePanel failure={open.failure} onClose={open.clear}>
          <Mono>{url}</Mono>
          <CopyText text={url} label="Copy address" />
        </FailurePanel>
      )}
    </>
  )
}
