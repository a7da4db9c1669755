// What the service gave in return for the registration: client id, client secret, and how to authenticate with them.
import { NativeSelect, TextInput } from '@mantine/core'
import { methodFor, usingMethod } from '../../contract/client.ts'
import { clientAuthenticationWords } from '../../contract/client-authentication-words.ts'
import type { ClientAuthentication, Grant, ServiceView } from '../../contract/service.ts'
import { PastedField } from '../kit/pasted-field.tsx'
import type { ClientForm, ClientFormProblems } from './client-form.ts'
import { plainField } from './field-looks.ts'
import { secretOptional } from './grant-words.ts'
import stepStyles from './step.module.css'

interface ClientFieldsProps {
  service: ServiceView
  grant: Grant | undefined
  form: ClientForm
  problems: ClientFormProblems
  onChange: (form: Partial<ClientForm>) => void
}

export function ClientFields({ service, grant, form, problems, onChange }: ClientFieldsProps) {
  const method = methodFor(form, grant)
  const methods = offeredMethods(service, grant, method)
  return (
    <section className={stepStyles.section}>
      <h2>What {service.name} gave you</h2>
      <PastedField
        kind="client_id"
        label="Client id"
        required
        withAsterisk={false}
        error={problems.clientId}
        {...plainField}
        value={form.clientId}
        onValue={(clientId) => onChange({ clientId })}
      />
      {form.clientAuthentication !== 'none' && (
        <PastedField
          kind="client_secret"
          secret
          {...plainField}
          label="Client secret"
          description={secretHint(form, grant)}
          error={problems.clientSecret}
          value={form.clientSecret}
          onValue={(clientSecret) => onChange({ clientSecret })}
        />
      )}
      <NativeSelect
        label="Client authentication"
        description={authenticationHint(grant, methods.length)}
        value={method}
        onChange={(event) => onChange(usingMethod(form, grant, event.currentTarget.value as ClientAuthentication))}
        data={methods.map((one) => ({ value: one, label: clientAuthenticationWords[one] }))}
      />
      <TextInput
        label="Name of this client"
        placeholder="Optional; to tell several apart"
        maxLength={80}
        autoComplete="off"
        value={form.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
    </section>
  )
}

/** What the service takes, with the method in use; a grant with a method of its own needs the secret. */
function offeredMethods({ clientAuthentication }: ServiceView, grant: Grant | undefined, inUse: ClientAuthentication) {
  const own = grant?.clientAuthentication
  const taken = clientAuthentication.allowed.filter((method) => own === undefined || method !== 'none')
  return [...new Set([...taken, ...(own ? [own] : []), inUse])]
}

function authenticationHint(grant: Grant | undefined, methods: number): string | undefined {
  if (grant?.clientAuthentication)
    return `${grant.name} has a way of its own: ${clientAuthenticationWords[grant.clientAuthentication]}. Another one is kept for it alone.`
  return methods > 1 ? 'How they are sent to the token endpoint. Try another one after a 401.' : undefined
}

function secretHint({ hasSecret }: ClientForm, grant: Grant | undefined): string | undefined {
  if (hasSecret) return 'One is stored. Leave this empty to keep it.'
  return secretOptional(grant) ? 'Leave this empty for a client without one.' : undefined
}
