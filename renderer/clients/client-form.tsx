// Changes what is known of a client, but for its secret, which has a form of its own.
import { Button, Group, Modal, Select, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ClientInput, ClientView } from '../../contract/client.ts'
import { clientAuthenticationWords, refusedAuthenticationRisk } from '../../contract/client-authentication-words.ts'
import { redirectUriProblem } from '../../contract/redirect-uri.ts'
import type { ServiceView } from '../../contract/service.ts'
import { weakSecretWords } from '../../contract/weak-secret-words.ts'
import { FailurePanel } from '../kit/failure-panel.tsx'
import fieldStyles from '../kit/field.module.css'
import { Notice } from '../kit/notice.tsx'
import { PastedField } from '../kit/pasted-field.tsx'
import { describedPkce, PkceChoice } from '../kit/pkce-choice.tsx'
import { RedirectUriField } from '../kit/redirect-uri-field.tsx'
import { redirectOf, typedRedirect } from '../kit/typed-redirect.ts'
import { useCall } from '../state/use-call.ts'
import { GrantMethods } from './grant-methods.tsx'

interface ClientFormProps {
  service: ServiceView
  client: ClientView
  onClose(): void
}

export function ClientForm({ service, client, onClose }: ClientFormProps) {
  const save = useCall('clients.save')
  const [redirect, setRedirect] = useState(() => typedRedirect(client.redirect))
  const [checked, setChecked] = useState(false)
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
  const problem = redirectUriProblem(redirect.redirectUri.trim())
  const change = (part: Partial<ClientInput>) => setDraft({ ...draft, ...part })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (problem !== null) return
    const answer = await save.call({ ...draft, redirect: redirectOf(redirect) })
    if (answer.ok) onClose()
  }
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
          description={
            draft.clientAuthentication === client.clientAuthentication ? undefined : refusedAuthenticationRisk
          }
        />
        <GrantMethods service={service} chosen={draft.grantAuthentication ?? {}} onChange={change} />
        <RedirectUriField
          service={service}
          {...redirect}
          problem={checked ? (problem ?? undefined) : undefined}
          onChange={setRedirect}
        />
        <PkceChoice
          value={draft.pkce ?? client.pkce}
          description={describedPkce(service)}
          onChange={(pkce) => change({ pkce })}
        />
        {client.weakSecret && <Notice>{weakSecretWords('client secret')}</Notice>}
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
