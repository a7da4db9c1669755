// Changes what is known of a client, but for its secret, which has a form of its own.
import { Button, Group, Modal, NumberInput, Select, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import {
  type ClientInput,
  type ClientView,
  proposedRedirectPort,
  type RedirectChoice,
  redirectUriToRegister,
} from '../../contract/client.ts'
import { clientAuthenticationWords } from '../../contract/client-authentication-words.ts'
import type { ServiceView } from '../../contract/service.ts'
import { CopyText } from '../kit/copy-text.tsx'
import { FailurePanel } from '../kit/failure-panel.tsx'
import fieldStyles from '../kit/field.module.css'
import { Mono } from '../kit/mono.tsx'
import { PastedField } from '../kit/pasted-field.tsx'
import { describedPkce, PkceChoice } from '../kit/pkce-choice.tsx'
import rowStyles from '../kit/row.module.css'
import textStyles from '../kit/text.module.css'
import { useCall } from '../state/use-call.ts'
import { GrantMethods } from './grant-methods.tsx'

const redirectModes: { value: RedirectChoice['mode']; label: string }[] = [
  { value: 'ephemeral', label: 'Any free port' },
  { value: 'fixed', label: 'A fixed port' },
  { value: 'out_of_band', label: 'Out of band: paste the code' },
]

function redirectIn(mode: RedirectChoice['mode']): RedirectChoice {
  return mode === 'fixed' ? { mode, port: proposedRedirectPort } : { mode }
}

function outOfBandWords({ name, redirect }: ServiceView): string {
  return redirect.outOfBand
    ? `${name} shows the code, and you paste it. Nothing listens.`
    : `Whether ${name} can show the code is not known.`
}

interface ClientFormProps {
  service: ServiceView
  client: ClientView
  onClose(): void
}

export function ClientForm({ service, client, onClose }: ClientFormProps) {
  const save = useCall('clients.save')
  const [draft, setDraft] = useState<ClientInput>({
    id: client.id,
    name: client.name,
    serviceId: client.serviceId,
    baseUrl: client.baseUrl,
    clientId: client.clientId,
    clientAuthentication: client.clientAuthentication,
    grantAuthentication: client.grantAuthentication,
    pkce: client.pkce,
    redirect: client.redirect,
  })
  const change = (part: Partial<ClientInput>) => setDraft({ ...draft, ...part })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const answer = await save.call(draft)
    if (answer.ok) onClose()
  }
  const { redirect } = draft
  const redirectUri = redirectUriToRegister(redirect)
  return (
    <Modal opened onClose={onClose} title={`Edit ${client.name}`} size={480}>
      <form className={fieldStyles.fields} onSubmit={submit}>
        <TextInput label="Name" value={draft.name} onChange={(event) => change({ name: event.currentTarget.value })} />
        <PastedField kind="address" label="Base URL" value={draft.baseUrl} onValue={(baseUrl) => change({ baseUrl })} />
        <PastedField
          kind="client_id"
          label="Client id"
          required
          value={draft.clientId}
          onValue={(clientId) => change({ clientId })}
        />
        <Select
          label="Client authentication"
          allowDeselect={false}
          data={service.clientAuthentication.allowed.map((value) => ({
            value,
            label: clientAuthenticationWords[value],
          }))}
          value={draft.clientAuthentication}
          onChange={(value) => value && change({ clientAuthentication: value })}
        />
        <GrantMethods service={service} chosen={draft.grantAuthentication ?? {}} onChange={change} />
        <Group grow align="flex-start" gap={12}>
          <Select
            label="Redirect"
            description={redirect.mode === 'out_of_band' ? outOfBandWords(service) : undefined}
            allowDeselect={false}
            data={redirectModes}
            value={redirect.mode}
            onChange={(mode) => mode && change({ redirect: redirectIn(mode as RedirectChoice['mode']) })}
          />
          {redirect.mode === 'fixed' && (
            <NumberInput
              label="Port"
              size="sm"
              min={1024}
              max={65535}
              hideControls
              value={redirect.port}
              onChange={(port) => typeof port === 'number' && change({ redirect: { mode: 'fixed', port } })}
            />
          )}
        </Group>
        <div>
          <div className={textStyles.dim}>Redirect URI to register</div>
          <div className={rowStyles.inline}>
            <Mono>{redirectUri}</Mono>
            <CopyText text={redirectUri} label="Copy redirect URI" />
          </div>
        </div>
        <PkceChoice
          value={draft.pkce ?? client.pkce}
          description={describedPkce(service)}
          onChange={(pkce) => change({ pkce })}
        />
        {save.failure && <FailurePanel failure={save.failure} />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.pending}>
            Save client
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
