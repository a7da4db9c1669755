// The secrets that deliveries of a service are checked with: stored and removed by name, never shown.
import { Button, NativeSelect, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ServiceView } from '../../contract/service.ts'
import { longestSecretName, type WebhookSecretView } from '../../contract/webhook.ts'
import { Confirm } from '../kit/confirm.tsx'
import { RelativeTime } from '../kit/countdown.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import fieldStyles from '../kit/field.module.css'
import { Section } from '../kit/page.tsx'
import { PastedField } from '../kit/pasted-field.tsx'
import rowStyles from '../kit/row.module.css'
import textStyles from '../kit/text.module.css'
import { useGrantdesk } from '../state/store.ts'
import { useCall } from '../state/use-call.ts'
import classes from './webhooks.module.css'

interface SecretsSectionProps {
  service: Pick<ServiceView, 'id' | 'name'>
  secrets: WebhookSecretView[]
}

export function SecretsSection({ service, secrets }: SecretsSectionProps) {
  const [adding, setAdding] = useState(false)
  const workspaces = useWorkspaces(service.id)
  const nameOf = (id: string) => workspaces.find((one) => one.id === id)?.name ?? id
  return (
    <Section
      title="Secrets"
      aside={
        <Button size="compact-sm" variant="default" aria-expanded={adding} onClick={() => setAdding(!adding)}>
          Store a secret
        </Button>
      }
    >
      {secrets.length === 0 && !adding && (
        <p className={textStyles.text}>
          None is stored, so no signature is checked. {service.name} shows the secret where you create the webhook.
        </p>
      )}
      <ul className={rowStyles.rows}>
        {secrets.map((secret) => (
          <li key={secret.id} className={rowStyles.row}>
            <span className={rowStyles.rowName}>{secret.name}</span>
            <span className={textStyles.dim}>
              {secret.workspaceId === null ? 'any workspace' : nameOf(secret.workspaceId)}, stored{' '}
              <RelativeTime at={secret.addedAt} />
            </span>
            <Removal serviceId={service.id} secret={secret} />
          </li>
        ))}
      </ul>
      {adding && <SecretForm serviceId={service.id} workspaces={workspaces} onDone={() => setAdding(false)} />}
    </Section>
  )
}

interface KnownWorkspace {
  id: string
  name: string
}

/** Those that connections to the service reach. */
function useWorkspaces(serviceId: string): KnownWorkspace[] {
  const connections = useGrantdesk((state) => state.connections)
  const all = connections
    .filter((one) => one.serviceId === serviceId)
    .flatMap(({ workspace, workspaces }) => [...(workspace ? [workspace] : []), ...workspaces])
    .flatMap(({ id, name }) => (id === null ? [] : [{ id, name }]))
  return [...new Map(all.map((one) => [one.id, one])).values()]
}

function Removal({ serviceId, secret }: { serviceId: string; secret: WebhookSecretView }) {
  const remove = useCall('webhooks.removeSecret')
  const [asking, setAsking] = useState(false)
  async function confirm() {
    const answer = await remove.call({ serviceId, id: secret.id })
    if (answer.ok) setAsking(false)
  }
  return (
    <>
      <Button
        size="compact-xs"
        variant="subtle"
        color="red"
        aria-label={`Remove ${secret.name}`}
        onClick={() => setAsking(true)}
      >
        Remove
      </Button>
      <Confirm
        opened={asking}
        title={`Remove ${secret.name}?`}
        action="Remove"
        pending={remove.pending}
        failure={remove.failure}
        onConfirm={() => void confirm()}
        onClose={() => setAsking(false)}
      >
        Deliveries that it signs will no longer fit. Most services show a secret only once.
      </Confirm>
    </>
  )
}

interface SecretFormProps {
  serviceId: string
  workspaces: KnownWorkspace[]
  onDone(): void
}

function SecretForm({ serviceId, workspaces, onDone }: SecretFormProps) {
  const add = useCall('webhooks.addSecret')
  const [secret, setSecret] = useState('')
  const [name, setName] = useState('')
  const [workspaceId, setWorkspaceId] = useState('')

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (secret === '') return
    const called = name.trim() || workspaces.find(({ id }) => id === workspaceId)?.name
    const answer = await add.call({ serviceId, name: called, workspaceId: workspaceId || null, secret })
    if (!answer.ok) return
    setSecret('')
    onDone()
  }

  return (
    <form
      className={`${fieldStyles.fields} ${classes.form}`}
      onSubmit={(event) => void submit(event)}
      autoComplete="off"
    >
      <PastedField
        kind="webhook_secret"
        secret
        size="xs"
        label="Secret of the webhook"
        description="Kept sealed in the vault, and never shown again."
        autoComplete="off"
        spellCheck={false}
        maxLength={4000}
        value={secret}
        onValue={setSecret}
      />
      <TextInput
        size="xs"
        label="Name"
        placeholder="optional"
        autoComplete="off"
        maxLength={longestSecretName}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {workspaces.length > 0 && (
        <NativeSelect
          size="xs"
          label="Workspace"
          value={workspaceId}
          data={[{ value: '', label: 'Any' }, ...workspaces.map(({ id, name: label }) => ({ value: id, label }))]}
          onChange={(event) => setWorkspaceId(event.currentTarget.value)}
        />
      )}
      {add.failure && <FailurePanel failure={add.failure} onClose={add.clear} />}
      <div className={rowStyles.inline}>
        <Button type="submit" size="xs" loading={add.pending} disabled={secret === ''}>
          Store
        </Button>
        <Button variant="subtle" size="xs" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  )
}
