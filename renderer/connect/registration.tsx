// Where a client is registered and what has to be registered there, before any browser opens.
import { Button } from '@mantine/core'
import { type ClientView, methodFor } from '../../contract/client.ts'
import { clientAuthenticationWords } from '../../contract/client-authentication-words.ts'
import { isPkceWeakened } from '../../contract/pkce-words.ts'
import { redirectWords } from '../../contract/redirect-words.ts'
import type { Grant, ServiceView } from '../../contract/service.ts'
import { weakSecretWords } from '../../contract/weak-secret-words.ts'
import { CopyText } from '../kit/copy-text.tsx'
import { Forwarding } from '../kit/forwarding.tsx'
import { OpenPage } from '../kit/open-page.tsx'
import { PastedField } from '../kit/pasted-field.tsx'
import { PkceOff } from '../kit/pkce-off.tsx'
import { RedirectUriField } from '../kit/redirect-uri-field.tsx'
import textStyles from '../kit/text.module.css'
import { typedRedirect } from '../kit/typed-redirect.ts'
import type { ClientForm, ClientFormProblems } from './client-form.ts'
import { plainField } from './field-looks.ts'
import { redirects, registrationPage } from './grant-words.ts'
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
        <RedirectUriField
          service={service}
          redirectUri={form.redirectUri}
          anyPort={form.anyPort}
          problem={problems.redirectUri}
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

/** The redirect URI as it has to stand at the service, to be copied. */
function RedirectUri({ uri }: { uri: string }) {
  return (
    <div>
      <p className={stepStyles.label}>Redirect URI to register</p>
      <div className={stepStyles.uri}>
        <output className={stepStyles.address} aria-label="Redirect URI to register">
          {uri}
        </output>
        <CopyText text={uri} label="Copy redirect URI" wide />
      </div>
    </div>
  )
}

interface StoredClientProps {
  service: ServiceView
  client: ClientView
  grant: Grant | undefined
  onEdit: () => void
  onPkceTurnedOn: () => void
}

/** A stored client, with what has to be registered for it in view all the same. */
export function StoredClient({ service, client, grant, onEdit, onPkceTurnedOn }: StoredClientProps) {
  const method = methodFor(client, grant)
  return (
    <section className={stepStyles.section}>
      {redirects(grant) && (
        <>
          <RedirectUri uri={client.redirectUri} />
          <p className={textStyles.hint}>{redirectWords(service, typedRedirect(client.redirect))}</p>
          <Forwarding redirectUri={client.redirectUri} />
        </>
      )}
      <p className={textStyles.hint}>
        Client authentication: {clientAuthenticationWords[method]}
        {grant?.clientAuthentication === method && ', as this grant wants it'}.{' '}
        {client.secretDamage ?? (client.hasSecret ? 'The client secret is stored.' : 'No client secret is stored.')}
        {client.weakSecret && ` ${weakSecretWords('client secret')}`}
        {redirects(grant) && client.pkce !== 'S256' && ` PKCE: ${client.pkce}.`}
      </p>
      {redirects(grant) && isPkceWeakened(client.pkce, service) && (
        <PkceOff client={client} service={service} onTurnedOn={onPkceTurnedOn} />
      )}
      <div>
        <Button size="xs" variant="default" onClick={onEdit}>
          Change this client
        </Button>
      </div>
    </section>
  )
}
