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
import { baseUrlProblem, type ClientForm, checkClientForm, formOf, newClientForm } from './client-form.ts'
import classes from './connect.module.css'
import { type ConnectDraft, chooseGrant } from './connect-draft.ts'
import { Registration, StoredRedirect } from './registration.tsx'
import { TokenFields, type TokenProblems } from './token-fields.tsx'
import { WayIn } from './way-in.tsx'

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
  const grant = service.grants.find((one) => one.id === draft.grantId)
  const byHand = grant?.type === 'static_token'
  const [checked, setChecked] = useState(false)
  const tokenProblems = byHand ? checkToken(draft) : {}
  const clientProblems = stored || byHand ? {} : checkClientForm(draft.form)
  const changeForm = (form: Partial<ClientForm>) => onChange({ form: { ...draft.form, ...form } })

  function submit(event: FormEvent) {
    event.preventDefault()
    setChecked(true)
    if (Object.keys({ ...clientProblems, ...tokenProblems }).length === 0) onChange({ step: 'grant' })
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
        {service.grants.length > 1 && (
          <WayIn
            service={service}
            grantId={draft.grantId}
            baseUrl={draft.form.baseUrl}
            onChoose={(grantId) => onChange(chooseGrant(draft, service, grantId))}
          />
        )}
        {byHand && grant && (
          <TokenFields
            service={service}
            grant={grant}
            draft={draft}
            problems={checked ? tokenProblems : {}}
            onBaseUrl={(baseUrl) => changeForm({ baseUrl })}
            onChange={(token) => onChange({ token })}
          />
        )}
        {!byHand && own.length > 0 && (
          <ClientChoice clients={own} value={draft.storedClientId ?? draft.form.id} onChoose={choose} />
        )}
        {byHand ? null : stored ? (
          <StoredRedirect client={stored} onEdit={() => onChange({ storedClientId: null, form: formOf(stored) })} />
        ) : (
          <>
            <Registration
              service={service}
              form={draft.form}
              problems={checked ? clientProblems : {}}
              onChange={changeForm}
            />
            <ClientFields
              service={service}
              form={draft.form}
              problems={checked ? clientProblems : {}}
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

/** What is wrong with a token that was handed over, by field. */
function checkToken({ token, form }: ConnectDraft): TokenProblems {
  const wrong: TokenProblems = {}
  const address = baseUrlProblem(form.baseUrl)
  if (address !== null) wrong.baseUrl = address
  if (token.value.trim() === '') wrong.value = 'The token is missing.'
  if (token.header.trim() === '') wrong.header = 'A header is needed.'
  return wrong
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
