// Step 2: under which client. What has to be registered at the service comes first, with the exact redirect URI; what
// the service gives in return comes after it.
import { Button, Radio } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ClientView } from '../../contract/client.ts'
import type { ServiceView } from '../../contract/service.ts'
import { hostWords } from '../kit/format.ts'
import { Mono } from '../kit/mono.tsx'
import { useGrantdesk } from '../state/store.ts'
import { ClientFields } from './client-fields.tsx'
import { type ClientForm, checkClientForm, formOf, newClientForm } from './client-form.ts'
import classes from './connect.module.css'
import type { ConnectDraft } from './connect-draft.ts'
import { Registration, StoredRedirect } from './registration.tsx'

const optionClasses = { label: classes.optionLabel, description: classes.optionWords, inner: classes.optionInner }

interface ClientStepProps {
  service: ServiceView
  draft: ConnectDraft
  onChange: (change: Partial<ConnectDraft>) => void
  onClose: () => void
}

export function ClientStep({ service, draft, onChange, onClose }: ClientStepProps) {
  const clients = useGrantdesk((state) => state.clients)
  const own = clients.filter((client) => client.serviceId === service.id)
  const stored = own.find((client) => client.id === draft.storedClientId)
  const [checked, setChecked] = useState(false)
  const problems = stored ? {} : checkClientForm(draft.form)
  const changeForm = (form: Partial<ClientForm>) => onChange({ form: { ...draft.form, ...form } })

  function submit(event: FormEvent) {
    event.preventDefault()
    setChecked(true)
    if (Object.keys(problems).length === 0) onChange({ step: 'grant' })
  }

  function choose(id: string) {
    const client = own.find((one) => one.id === id)
    setChecked(false)
    if (client) onChange({ storedClientId: client.id, form: formOf(client) })
    else onChange({ storedClientId: null, form: newClientForm(service) })
  }

  return (
    <form className={classes.form} noValidate autoComplete="off" onSubmit={submit}>
      <div className={classes.body}>
        {own.length > 0 && (
          <ClientChoice clients={own} value={draft.storedClientId ?? draft.form.id} onChoose={choose} />
        )}
        {stored ? (
          <StoredRedirect client={stored} onEdit={() => onChange({ storedClientId: null, form: formOf(stored) })} />
        ) : (
          <>
            <Registration
              service={service}
              form={draft.form}
              problems={checked ? problems : {}}
              onChange={changeForm}
            />
            <ClientFields
              service={service}
              form={draft.form}
              problems={checked ? problems : {}}
              onChange={changeForm}
            />
          </>
        )}
      </div>
      <footer className={classes.foot}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <span className={classes.spacer} />
        <Button variant="default" onClick={() => onChange({ step: 'service' })}>
          Back
        </Button>
        <Button type="submit">Continue</Button>
      </footer>
    </form>
  )
}

interface ClientChoiceProps {
  clients: ClientView[]
  /** `null` is the new one. */
  value: string | null
  onChoose: (id: string) => void
}

function ClientChoice({ clients, value, onChoose }: ClientChoiceProps) {
  return (
    <Radio.Group label="Client" value={value ?? 'new'} onChange={onChoose}>
      <div className={classes.choices}>
        {clients.map((client) => (
          <Radio
            key={client.id}
            size="xs"
            classNames={optionClasses}
            value={client.id}
            label={client.name}
            description={
              <>
                <Mono>{client.clientId}</Mono> at {hostWords(client.baseUrl)}
              </>
            }
          />
        ))}
        <Radio size="xs" classNames={optionClasses} value="new" label="A new client" />
      </div>
    </Radio.Group>
  )
}
