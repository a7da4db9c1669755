// Hands a flow on: as a file, as a picture, or as a text for a service's support. No secret is in one.
import { Button, Menu, useComputedColorScheme } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { KeptFlow } from '../../contract/flow/flow.ts'
import type { FlowFormat } from '../../contract/flow/flow-file.ts'
import { issueText } from '../../contract/flow/issue-text.ts'
import { useCopied } from '../kit/copy-text.tsx'
import { savedWords, saveParts, takeHandedOut } from '../kit/save-text.ts'
import { toast } from '../kit/toasts.tsx'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import { useFlowLook } from './flow-look.ts'
import { base64Of, flowPicture } from './flow-picture.ts'

const formats: { format: FlowFormat; label: string; type: string }[] = [
  { format: 'html', label: 'As a page (HTML)', type: 'text/html' },
  { format: 'har', label: 'For developer tools (HAR)', type: 'application/json' },
  { format: 'json', label: 'As JSON', type: 'application/json' },
  { format: 'svg', label: 'The diagram (SVG)', type: 'image/svg+xml' },
]

export function FlowShare({ flow }: { flow: KeptFlow }) {
  const service = useGrantdesk((state) => state.services.find(({ id }) => id === flow.serviceId)?.name ?? null)
  const exporting = useCall('flows.export')
  const picture = usePicture(flow)
  const { copy } = useCopied()

  async function save({ format, type }: (typeof formats)[number]) {
    const answer = await exporting.call({ id: flow.id, format })
    if (answer.ok) toast({ tone: 'good', message: `The flow is exported. ${takeHandedOut(answer.value, type)}` })
    else if (answer.failure.kind !== 'cancelled') toast({ tone: 'bad', message: answer.failure.message })
  }

  async function copyText(text: string, what: string) {
    const done = await copy(text)
    toast(done ? { tone: 'good', message: `${what} copied.` } : { tone: 'bad', message: 'The clipboard refused it.' })
  }

  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          aria-label="Share this flow"
          loading={exporting.pending || picture.pending}
          leftSection={<IconDownload size={14} aria-hidden="true" />}
        >
          Share
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Save, without secrets</Menu.Label>
        {formats.map((each) => (
          <Menu.Item key={each.format} onClick={() => void save(each)}>
            {each.label}
          </Menu.Item>
        ))}
        <Menu.Item onClick={() => void picture.save()}>The diagram (PNG)</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => void copyText(issueText(flow, service), 'The text for an issue is')}>
          Copy as an issue
        </Menu.Item>
        <Menu.Item onClick={() => void copyText(JSON.stringify(flow, null, 2), 'The flow is')}>Copy as JSON</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** The PNG is drawn here, as the diagram is shown, and saved by the host where the page may not. */
function usePicture(flow: KeptFlow): { pending: boolean; save(): Promise<void> } {
  const saving = useCall('flows.savePicture')
  const colours = useComputedColorScheme('light')
  const { axis } = useFlowLook()

  async function save() {
    const png = await flowPicture(flow, { axis, colours }).catch(() => null)
    if (png === null) return void toast({ tone: 'bad', message: 'The picture could not be drawn. Save the SVG.' })
    const answer = await saving.call({ id: flow.id, png: await base64Of(png) })
    if (!answer.ok) {
      if (answer.failure.kind !== 'cancelled') toast({ tone: 'bad', message: answer.failure.message })
      return
    }
    const { fileName, savedAs } = answer.value
    if (savedAs === null) saveParts([png], fileName, 'image/png')
    toast({ tone: 'good', message: `The picture is exported. ${savedWords(fileName, savedAs)}` })
  }

  return { pending: saving.pending, save }
}
