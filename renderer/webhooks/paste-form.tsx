// A delivery that came elsewhere: its headers and its body, as they were logged there.
import { Button, Textarea } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ServiceView } from '../../contract/service.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import fieldStyles from '../kit/field.module.css'
import monoStyles from '../kit/mono.module.css'
import rowStyles from '../kit/row.module.css'
import { useCall } from '../state/use-call.ts'
import classes from './webhooks.module.css'

interface PasteFormProps {
  service: ServiceView & { webhook: NonNullable<ServiceView['webhook']> }
  onPasted(id: string): void
  onClose(): void
}

export function PasteForm({ service, onPasted, onClose }: PasteFormProps) {
  const paste = useCall('webhooks.paste')
  const [headers, setHeaders] = useState('')
  const [body, setBody] = useState('')

  async function submit(event: FormEvent) {
    event.preventDefault()
    const answer = await paste.call({ serviceId: service.id, headers, body })
    if (answer.ok) onPasted(answer.value.id)
  }

  return (
    <form className={`${fieldStyles.fields} ${classes.form}`} onSubmit={(event) => void submit(event)}>
      <Textarea
        size="xs"
        label="Headers"
        placeholder={`${service.webhook.header}: …`}
        classNames={{ input: monoStyles.mono }}
        autosize
        minRows={3}
        maxRows={10}
        spellCheck={false}
        value={headers}
        onChange={(event) => setHeaders(event.currentTarget.value)}
      />
      <Textarea
        size="xs"
        label="Body"
        description="As it came, byte for byte: the signature is of the raw body."
        classNames={{ input: monoStyles.mono }}
        autosize
        minRows={3}
        maxRows={12}
        spellCheck={false}
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      {paste.failure && <FailurePanel failure={paste.failure} onClose={paste.clear} />}
      <div className={rowStyles.inline}>
        <Button type="submit" size="xs" loading={paste.pending} disabled={headers.trim() === '' && body === ''}>
          Check
        </Button>
        <Button variant="subtle" size="xs" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
