// The field by which entries of the history are found.
import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'

export function HistorySearch({ text, onChange }: { text: string; onChange(text: string): void }) {
  return (
    <TextInput
      size="xs"
      w={220}
      aria-label="Search the history"
      placeholder="Search"
      maxLength={200}
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
      leftSection={<IconSearch size={14} aria-hidden="true" />}
      rightSection={text && <CloseButton size="xs" aria-label="Clear search" onClick={() => onChange('')} />}
    />
  )
}
