// A line on every screen that other users of the machine had access to files of the vault, until dismissed.
import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Banner } from '../kit/banner.tsx'
import { useDoor } from '../state/door.tsx'
import { useGrantdesk } from '../state/store.ts'

export function ExposedLine() {
  const exposed = useGrantdesk((state) => state.exposed)
  const door = useDoor()
  if (exposed.length === 0) return null
  return (
    <Banner tone="warn">
      <span>Other users of this machine had access to {exposed.join(', ')}. Now only you have.</span>
      <ActionIcon
        ml="auto"
        variant="subtle"
        color="gray"
        size="sm"
        aria-label="Dismiss"
        onClick={() => void door.call('vault.dismissExposed', {})}
      >
        <IconX size={14} aria-hidden="true" />
      </ActionIcon>
    </Banner>
  )
}
