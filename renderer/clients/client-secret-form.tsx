// Replaces a client's secret, once for all connections that refresh with it. The secret leaves this form with the call.
import { Button, Group, Modal } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ClientView } from '../../contract/client.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import fieldStyles from '../kit/field.module.css'
import { countWords } from '../kit/format.ts'
import { PastedField } from '../kit/pasted-field.tsx'
import { toast } from '../kit/toasts.tsx'
import { useCall } from '../state/use-call.ts'

interface ClientSecretFormProps {
  client: ClientView
  onReplaced(): void
  onClose(): void
}

export function ClientSecretForm({ client, onReplaced, onClose }: ClientSecretFormProps) {
  const save = useCall('clients.save')
  const [secret, setSecret] = useState('')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (secret === '') return
    const { id, name, serviceId, baseUrl, clientId, clientAuthentication, redirect } = client
    const typed = secret
    setSecret('')
    const answer = await save.call({
      ...{ id, name, serviceId, baseUrl, clientId, clientAuthentication, redirect },
      clientSecret: typed,
    })
    if (!answer.ok) return
    toast({ message: `Client secret of ${name} replaced.`, tone: 'good' })
    onReplaced()
  }
  return (
    <Modal opened onClose={onClose} title={`Replace the secret of ${client.name}`} size={440}>
      <form className={fieldStyles.fields} onSubmit={submit} autoComplete="off">
        <p style={{ margin: 0 }}>
          {client.connectionCount > 0
            ? `${countWords(client.connectionCount, 'connection')} will refresh with the new secret from now on.`
            : 'No connection uses this client yet.'}
        </p>
        <PastedField
          kind="client_secret"
          secret
          label="New client secret"
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          value={secret}
          onValue={setSecret}
        />
        {save.failure && <FailurePanel failure={save.failure} />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.pending} disabled={secret === ''}>
            Replace secret
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
