// What the service gave in return for the registration: client id, client secret, and how to authenticate with them.
import { NativeSelect, TextInput } from '@mantine/core'
import type { ClientAuthentication, ServiceView } from '../../contract/service.ts'
import { clientAuthenticationWords } from '../kit/client-authentication.ts'
import type { ClientForm, ClientFormProblems } from './client-form.ts'
import classes from './connect.module.css'

interface ClientFieldsProps {
  service: ServiceView
  form: ClientForm
  problems: ClientFormProblems
  onChange: (form: Partial<ClientForm>) => void
}

export function ClientFields({ service, form, problems, onChange }: ClientFieldsProps) {
  const { allowed } = service.clientAuthentication
  const methods = allowed.includes(form.clientAuthentication) ? allowed : [...allowed, form.clientAuthentication]
  return (
    <section className={classes.section}>
      <h2>What {service.name} gave you</h2>
      <TextInput
        label="Client id"
        required
        withAsterisk={false}
        error={problems.clientId}
        spellCheck={false}
        autoComplete="off"
        className={classes.monoInput}
        value={form.clientId}
        onChange={(event) => onChange({ clientId: event.currentTarget.value })}
      />
      {form.clientAuthentication !== 'none' && (
        <TextInput
          type="password"
          label="Client secret"
          description={form.hasSecret ? 'One is stored. Leave this empty to keep it.' : undefined}
          error={problems.clientSecret}
          spellCheck={false}
          autoComplete="off"
          data-1p-ignore
          data-lpignore="true"
          className={classes.monoInput}
          value={form.clientSecret}
          onChange={(event) => onChange({ clientSecret: event.currentTarget.value })}
        />
      )}
      <NativeSelect
        label="Client authentication"
        description={
          methods.length > 1 ? 'How they are sent to the token endpoint. Try another one after a 401.' : undefined
        }
        value={form.clientAuthentication}
        onChange={(event) => onChange({ clientAuthentication: event.currentTarget.value as ClientAuthentication })}
        data={methods.map((method) => ({ value: method, label: clientAuthenticationWords[method] }))}
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
