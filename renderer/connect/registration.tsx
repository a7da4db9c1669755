// Where a client is registered, and the exact redirect URI to register: shown, and copied, before any browser opens.
import { Button, NumberInput, SegmentedControl, TextInput } from '@mantine/core'
import { type ClientView, redirectUriToRegister } from '../../contract/client.ts'
import type { ServiceView } from '../../contract/service.ts'
import { clientAuthenticationWords } from '../kit/client-authentication.ts'
import { CopyText } from '../kit/copy-text.tsx'
import { OpenPage } from '../kit/open-page.tsx'
import { baseUrlProblem, type ClientForm, type ClientFormProblems, redirectOf } from './client-form.ts'
import classes from './connect.module.css'

interface RegistrationProps {
  service: ServiceView
  form: ClientForm
  problems: ClientFormProblems
  onChange: (form: Partial<ClientForm>) => void
}

export function Registration({ service, form, problems, onChange }: RegistrationProps) {
  return (
    <section className={classes.section}>
      <h2>Register a client at {service.name}</h2>
      <TextInput
        label="Base URL"
        description={service.base.hint || undefined}
        placeholder={service.base.example}
        error={problems.baseUrl}
        inputMode="url"
        spellCheck={false}
        autoComplete="off"
        className={classes.monoInput}
        value={form.baseUrl}
        onChange={(event) => onChange({ baseUrl: event.currentTarget.value })}
      />
      <WhereToRegister service={service} baseUrl={form.baseUrl} />
      <RedirectUri uri={redirectUriToRegister(redirectOf(form))} />
      <div className={classes.ports}>
        <SegmentedControl
          aria-label="Redirect URI"
          value={form.redirectMode}
          onChange={(mode) => onChange({ redirectMode: mode as ClientForm['redirectMode'] })}
          data={[
            { value: 'fixed', label: 'Fixed port' },
            { value: 'ephemeral', label: 'Any free port' },
            { value: 'out_of_band', label: 'Paste the code' },
          ]}
        />
        {form.redirectMode === 'fixed' && (
          <NumberInput
            aria-label="Port"
            className={classes.port}
            size="xs"
            min={1024}
            max={65535}
            allowDecimal={false}
            hideControls
            error={problems.port}
            value={form.port}
            onChange={(port) => onChange({ port: Number(port) })}
          />
        )}
      </div>
      <p className={classes.hint}>{portWords(service, form.redirectMode)}</p>
    </section>
  )
}

function portWords(service: ServiceView, mode: ClientForm['redirectMode']): string {
  const { anyPort, note } = service.redirect
  const words = {
    fixed: 'The redirect URI is registered with this port and has to match exactly.',
    ephemeral: {
      yes: `${service.name} takes any port of 127.0.0.1: it is registered without one.`,
      no: `${service.name} matches the redirect URI exactly and will refuse any other port.`,
      unknown: `Whether ${service.name} takes any port is not known; if it refuses, choose a fixed one.`,
    }[anyPort],
    out_of_band: service.redirect.outOfBand
      ? `${service.name} shows the code after consent, and you paste it here.`
      : `Whether ${service.name} can show the code is not known.`,
  }[mode]
  return note === '' ? words : `${words} ${note}`
}

function WhereToRegister({ service, baseUrl }: { service: ServiceView; baseUrl: string }) {
  const page = registrationPage(service, baseUrl)
  return (
    <div className={classes.where}>
      <p>{service.registration.steps}</p>
      {page !== null && <OpenPage url={page} label="Open the registration page" />}
    </div>
  )
}

function registrationPage(service: ServiceView, baseUrl: string): string | null {
  const { page } = service.registration
  if (page === undefined) return null
  if (!page.includes('{base}')) return page
  return baseUrlProblem(baseUrl) === null ? page.replaceAll('{base}', baseUrl.trim().replace(/\/+$/, '')) : null
}

function RedirectUri({ uri }: { uri: string }) {
  return (
    <div>
      <p className={classes.label}>Redirect URI to register</p>
      <div className={classes.uri}>
        <output aria-label="Redirect URI to register">{uri}</output>
        <CopyText text={uri} label="Copy redirect URI" wide />
      </div>
    </div>
  )
}

interface StoredRedirectProps {
  client: ClientView
  onEdit: () => void
}

/** A stored client, with what has to be registered for it in view all the same. */
export function StoredRedirect({ client, onEdit }: StoredRedirectProps) {
  return (
    <section className={classes.section}>
      <RedirectUri uri={client.redirectUri} />
      <p className={classes.hint}>
        {client.redirect.mode === 'ephemeral' && 'Registered without a port; each attempt takes a free one. '}
        Client authentication: {clientAuthenticationWords[client.clientAuthentication]}.{' '}
        {client.hasSecret ? 'The client secret is stored.' : 'No client secret is stored.'}
      </p>
      <div>
        <Button size="xs" variant="default" onClick={onEdit}>
          Change this client
        </Button>
      </div>
    </section>
  )
}
