// Hands a flow on: as a file, or as a text for a service's support. No secret is in one.
import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { KeptFlow } from '../../contract/flow/flow.ts'
import type { FlowFormat } from '../../contract/flow/flow-file.ts'
import { issueText } from '../../contract/flow/issue-text.ts'
import { useCopied } from '../kit/copy-text.tsx'
import { takeHandedOut } from '../kit/save-text.ts'
import { toast } from '../kit/toasts.tsx'
import { useCall } from '../state/use-call.ts'

const formats: { format: FlowFormat; label: string; type: string }[] = [
  { format: 'html', label: 'As a page (HTML)', type: 'text/html' },
  { format: 'har', label: 'For developer tools (HAR)', type: 'application/json' },
  { format: 'svg', label: 'The diagram (SVG)', type: 'image/svg+xml' },
  { format: 'json', label: 'As JSON', type: 'application/json' },
]

/** `service` is the service's name as the person knows it. */
export function FlowShare({ flow, service }: { flow: KeptFlow; service: string | null }) {
  const exporting = useCall('flows.export')
  const { copy } = useCopied()
  const save = async ({ format, type }: (typeof formats)[number]) => {
    const answer = await exporting.call({ id: flow.id, format })
    if (answer.ok) toast({ message: `The flow is exported. ${takeHandedOut(answer.value, type)}`, tone: 'good' })
    else if (answer.failure.kind !== 'cancelled') toast({ message: answer.failure.message, tone: 'bad' })
  }
  const copyText = async (text: string, what: string) => {
    const done = await copy(text)
    toast(done ? { message: `${what} copied.`, tone: 'good' } : { message: 'The clipboard refused it.', tone: 'bad' })
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Tooltip label="Share this flow">
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label="Share this flow" loading={exporting.pending}>
            <IconDownload size={14} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Save, without secrets</Menu.Label>
        {formats.map((each) => (
          <Menu.Item key={each.format} onClick={() => void save(each)}>
            {each.label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void copyText(issueText(flow, service), 'The text for an issue is')}>
          Copy as an issue
        </Menu.Item>
        <Menu.Item onClick={() => void copyText(JSON.stringify(flow, null, 2), 'The flow is')}>Copy as JSON</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
