// Opens the page that an attempt waits for in the system's browser, the first time or again. In a tab that is the tab's own
// browser: the host may be on a machine without one.
import { Button } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useGrantdesk } from '../state/store.ts'
import type { Call } from '../state/use-call.ts'

interface BrowseButtonProps {
  /** Held by the panel, which shows its failure where there is room for it. */
  call: Call<'connect.browse'>
  id: string
  address: string
  /** Whether the person opens the browser. */
  byHand: boolean
  variant: 'default' | 'filled'
}

export function BrowseButton({ call, id, address, byHand, variant }: BrowseButtonProps) {
  const inTab = useGrantdesk((state) => state.host.kind === 'serve')
  if (inTab && /^https?:/i.test(address)) {
    return (
      <Button
        size="xs"
        variant={variant}
        component="a"
        href={address}
        target="_blank"
        rel="noopener noreferrer"
        leftSection={<IconExternalLink size={14} aria-hidden />}
      >
        Open in this browser
      </Button>
    )
  }
  return (
    <Button
      size="xs"
      variant={variant}
      leftSection={<IconExternalLink size={14} aria-hidden />}
      loading={call.pending}
      onClick={() => void call.call({ id })}
    >
      {byHand ? 'Open in the browser' : 'Open again'}
    </Button>
  )
}
