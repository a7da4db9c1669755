// Step 2: which grant, and then the client that it needs, or the token. What has to be registered at the service comes
// first, with the exact redirect URI; what the service gives in return comes after it.
import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { isAtPractice } from '../../contract/connect-defaults.ts'
import type { ServiceView } from '../../contract/service.ts'
import { useGrantdesk } from '../state/store.ts'
import { ClientChoice } from './client-choice.tsx'
import { ClientFields } from './client-fields.tsx'
import { baseUrlProblem, type ClientForm, checkClientForm, formOf, newClientForm } from './client-form.ts'
import { type ConnectDraft, chooseGrant, offeredClients } from './connect-draft.ts'
import { EndpointFacts } from './endpoint-facts.tsx'
import { BeforeGrant, GrantChoice } from './grant-choice.tsx'
import { lowered, secretOptional } from './grant-words.ts'
import { Registration, StoredClient } from './registration.tsx'
import stepStyles from './step.module.css'
import { TokenFields } from './token-fields.tsx'
import { tokenProblems } from './token-form.ts'

interface ClientStepProps {
  service: ServiceView
  draft: ConnectDraft
  pending: boolean
  onChange: (change: Partial<ConnectDraft>) => void
  onConnect: () => void
  onClose: () => void
}

export function ClientStep({ service, draft, pending, onChange, onConnect, onClose }: ClientStepProps) {
  const clients = useGrantdesk((state) => state.clients)
  const own = offeredClients(draft, clients)
  const stored = own.find((client) => client.id === draft.storedClientId)
  const grant = service.grants.find((one) => one.id === draft.grantId)
  const byHand = grant?.type === 'static_token'
  /** All else is known: a new token is all that is asked. */
  const replacing = byHand && draft.reconnect !== null
  const [checked, setChecked] = useState(false)
  const problems = byHand
    ? problemsByHand(draft, grant.name)
    : stored
      ? {}
      : checkClientForm(draft.form, secretOptional(grant))
  const shown = checked ? problems : {}
  const changeForm = (form: Partial<ClientForm>) => onChange({ form: { ...draft.form, ...form } })

  function submit(event: FormEvent) {
    event.preventDefault()
    setChecked(true)
    if (grant === undefined || Object.keys(problems).length > 0) return
    if (replacing) onConnect()
    else onChange({ step: 'grant' })
  }

  function choose(id: string) {
    const client = own.find((one) => one.id === id)
    setChecked(false)
    if (client) onChange({ storedClientId: client.id, form: formOf(client) })
    else
      onChange({
        storedClientId: null,
        form: newClientForm(service, stored && isAtPractice(stored, clients) ? stored.baseUrl : undefined),
      })
  }

  function chooseWay(grantId: string) {
    setChecked(false)
    onChange(chooseGrant(draft, service, grantId))
  }

  return (
    <form className={stepStyles.form} noValidate autoComplete="off" onSubmit={submit}>
      <div className={stepStyles.body}>
        {!replacing && service.grants.length > 1 && (
          <GrantChoice service={service} grantId={draft.grantId} onChoose={chooseWay} />
        )}
        {grant && <BeforeGrant grant={grant} baseUrl={draft.form.baseUrl} />}
        {byHand && grant && (
          <TokenFields
            service={service}
            grant={grant}
            draft={draft}
            problems={shown}
            onBaseUrl={(baseUrl) => changeForm({ baseUrl })}
            onChange={(token) => onChange({ token })}
          />
        )}
        {!byHand && own.length > 0 && (
          <ClientChoice clients={own} value={draft.storedClientId ?? draft.form.id} onChoose={choose} />
        )}
        {!byHand && stored && (
          <StoredClient
            service={service}
            client={stored}
            grant={grant}
            onEdit={() => onChange({ storedClientId: null, form: formOf(stored) })}
            onPkceTurnedOn={() => changeForm({ pkce: service.pkce })}
          />
        )}
        {!byHand && !stored && (
          <>
            <Registration service={service} grant={grant} form={draft.form} problems={shown} onChange={changeForm} />
            <ClientFields service={service} grant={grant} form={draft.form} problems={shown} onChange={changeForm} />
          </>
        )}
        {!byHand && <EndpointFacts service={service} baseUrl={draft.form.baseUrl} />}
      </div>
      <footer className={stepStyles.foot}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <span className={stepStyles.spacer} />
        {replacing ? (
          <Button variant="default" onClick={() => onChange({ step: 'grant' })}>
            Details
          </Button>
        ) : (
          <Button variant="default" onClick={() => onChange({ step: 'service' })}>
            Back
          </Button>
        )}
        <Button type="submit" loading={pending}>
          {replacing ? 'Replace token' : 'Continue'}
        </Button>
      </footer>
    </form>
  )
}

function problemsByHand({ token, form }: ConnectDraft, name: string) {
  const address = baseUrlProblem(form.baseUrl)
  return { ...tokenProblems(token, lowered(name), Date.now()), ...(address === null ? {} : { baseUrl: address }) }
}
