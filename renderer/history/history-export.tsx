// Hands on the history that is shown, all of it, as a file.
import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { HistoryFilter } from '../../contract/history.ts'
import { takeHandedOut } from '../kit/save-text.ts'
import { toast } from '../kit/toasts.tsx'
import { useCall } from '../state/use-call.ts'

const formats = [
  { format: 'json', label: 'As JSON', type: 'application/json' },
  { format: 'csv', label: 'As CSV, for tables', type: 'text/csv' },
] as const

/** `empty`: nothing fits the filter, so there is nothing to hand on. */
export function HistoryExport({ filter, empty }: { filter: HistoryFilter; empty: boolean }) {
  const exporting = useCall('history.export')
  const hand = async ({ format, type }: (typeof formats)[number]) => {
    const answer = await exporting.call({ ...filter, format })
    if (answer.ok) toast({ message: `The history is exported. ${takeHandedOut(answer.value, type)}`, tone: 'good' })
    else if (answer.failure.kind !== 'cancelled') toast({ message: answer.failure.message, tone: 'bad' })
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          loading={exporting.pending}
          disabled={empty}
          leftSection={<IconDownload size={14} aria-hidden="true" />}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {formats.map((each) => (
          <Menu.Item key={each.format} onClick={() => void hand(each)}>
            {each.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
