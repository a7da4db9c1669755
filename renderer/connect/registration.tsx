// Where a client is registered and what has to be registered there, before any browser opens.
import { Button } from '@mantine/core'
import { type ClientView, methodFor } from '../../contract/client.ts'
import { clientAuthenticationWords } from '../../contract/client-authentication-words.ts'
import type { Grant, ServiceView } from '../../contract/service.ts'
import { OpenPage } from '../kit/open-page.tsx'
import { PastedField } from '../kit/pasted-field.tsx'
import textStyles from '../kit/text.module.css'
import type { ClientForm, ClientFormProblems } from './client-form.ts'
import { plainField } from './field-looks.ts'
import { redirects, registrationPage } from './grant-words.ts'
import { RedirectFields, RedirectUri } from './redirect-fields.tsx'
import stepStyles from './step.module.css'

interface RegistrationProps {
  service: ServiceView
  grant: Grant | undefined
  form: ClientForm
  problems: ClientFormProblems
  onChange: (form: Partial<ClientForm>) => void
}

export function Registration({ service, grant, form, problems, onChange }: RegistrationProps) {
  const page = registrationPage(service, form.baseUrl)
  return (
    <section className={stepStyles.section}>
      <h2>Register a client at {service.name}</h2>
      <BaseUrl
        service={service}
        value={form.baseUrl}
        problem={problems.baseUrl}
        onChange={(baseUrl) => onChange({ baseUrl })}
      />
      <div className={stepStyles.where}>
        <p>{service.registration.steps}</p>
        {page !== null && <OpenPage url={page} label="Open the registration page" />}
      </div>
      {redirects(grant) ? (
        <RedirectFields
          service={service}
          form={form}
          problems={problems}
          installs={grant?.installation !== undefined}
          onChange={onChange}
        />
      ) : (
        <p className={textStyles.hint}>No redirect URI: with this grant no browser comes back.</p>
      )}
    </section>
  )
}

interface BaseUrlProps {
  service: ServiceView
  value: string
  problem: string | undefined
  onChange: (baseUrl: string) => void
}

export function BaseUrl({ service, value, problem, onChange }: BaseUrlProps) {
  return (
    <PastedField
      kind="address"
      {...plainField}
      label="Base URL"
      description={service.base.hint || undefined}
      placeholder={service.base.example}
      error={problem}
      inputMode="url"
      value={value}
      onValue={onChange}
    />
  )
}

interface StoredClientProps {
  client: ClientView
  grant: Grant | undefined
  onEdit: () => void
}

/** A stored client, with what has to be registered for it in view all the same. */
export function StoredClient({ client, grant, onEdit }: StoredClientProps) {
  const method = methodFor(client, grant)
  return (
    <section className={stepStyles.section}>
      {redirects(grant) && <RedirectUri uri={client.redirectUri} />}
      <p className={textStyles.hint}>
        {redirects(grant) &&
          client.redirect.mode === 'ephemeral' &&
          'Registered without a port; each attempt takes a free one. '}
        {redirects(grant) && client.redirect.mode === 'out_of_band' && 'The service shows a code, and you paste it. '}
        Client authentication: {clientAuthenticationWords[method]}
        {grant?.clientAuthentication === method && ', as this grant wants it'}.{' '}
        {client.secretDamage ?? (client.hasSecret ? 'The client secret is stored.' : 'No client secret is stored.')}
        {redirects(grant) && client.pkce !== 'S256' && ` PKCE: ${client.pkce}.`}
      </p>
      <div>
        <Button size="xs" variant="default" onClick={onEdit}>
          Change this client
        </Button>
      </div>
    </section>
  )
}
