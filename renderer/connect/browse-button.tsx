// Opens the page that an attempt waits for in the system's browser, the first time or again.
import { Button } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import type { Call } from '../state/use-call.ts'

interface BrowseButtonProps {
  /** Held by the panel, which shows its failure where there is room for it. */
  call: Call<'connect.browse'>
  id: string
  /** Whether the person opens the browser. */
  byHand: boolean
  variant: 'default' | 'filled'
}

export function BrowseButton({ call, id, byHand, variant }: BrowseButtonProps) {
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
