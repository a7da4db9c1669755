// Hands a service's description on. It holds no secret. The desktop window refuses downloads, so there it is copied.
import { Button } from '@mantine/core'
import type { ServiceView } from '../../contract/service.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import { saveText } from '../kit/save-text.ts'
import { toast } from '../kit/toasts.tsx'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'

async function copy(text: string, name: string): Promise<void> {
  const written = await navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  )
  if (written) toast({ message: `The description of ${name} is on the clipboard.`, tone: 'good' })
  else toast({ message: 'The clipboard refused it.', tone: 'bad' })
}

export function ServiceExport({ service }: { service: ServiceView }) {
  const kind = useGrantdesk((state) => state.host.kind)
  const asked = useCall('services.export')
  const hand = async () => {
    const answer = await asked.call({ id: service.id })
    if (!answer.ok) return
    if (kind === 'desktop') await copy(answer.value.text, service.name)
    else saveText(answer.value.text, answer.value.fileName)
  }
  const label = kind === 'desktop' ? 'Copy description' : 'Export to file'
  return (
    <>
      <Button
        variant="default"
        size="xs"
        style={{ flex: 'none' }}
        aria-label={`${label}: ${service.name}`}
        loading={asked.pending}
        onClick={() => void hand()}
      >
        {label}
      </Button>
      {asked.failure && <FailurePanel failure={asked.failure} onClose={asked.clear} />}
    </>
  )
}
