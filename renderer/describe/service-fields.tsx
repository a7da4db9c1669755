// What the service is called, where it lives, its endpoints and how clients are registered and authenticate there.
import { Checkbox } from '@mantine/core'
import { clientAuthenticationWords } from '../../contract/client-authentication-words.ts'
import type { ClientAuthentication } from '../../contract/service.ts'
import { Section } from '../kit/page.tsx'
import { useGrantdesk } from '../state/store.ts'
import { idFrom, idsOf } from './beginnings.ts'
import describeStyles from './describe.module.css'
import { textsAt } from './document.ts'
import { drafts, useDraft } from './draft.ts'
import { AddressField, ChoiceField, FlagField, Further, TextField, useMember, WordsField } from './fields.tsx'
import classes from './service-fields.module.css'
import { TokenResponseFields } from './token-response-fields.tsx'

export function NameFields() {
  const services = useGrantdesk((state) => state.services)
  const draft = useDraft()
  const isNew = draft?.kind === 'new'
  const follow = (name: string) => {
    const { draft: now } = drafts.getState()
    if (now && !now.idGiven)
      drafts.setState({ draft: { ...now, document: { ...now.document, id: idFrom(name, idsOf(services)) } } })
  }
  return (
    <Section title="Service">
      <div className={describeStyles.fields}>
        <TextField path="name" label="Name" required example="Example Projects" onWritten={follow} />
        {isNew && (
          <TextField
            path="id"
            label="Id"
            required
            mono
            hint="Names the service on the command line: lower-case letters, digits and hyphens."
          />
        )}
        <TextField path="description" label="Description" />
        <TextField path="documentation" label="Documentation" mono address example="https://example.com/docs/oauth" />
      </div>
    </Section>
  )
}

export function AddressFields() {
  const base = useMember('base.default')
  const example = useMember('base.example')
  const own = base.value === null || base.value === undefined
  return (
    <Section title="Where it lives">
      <div className={describeStyles.fields}>
        <Checkbox
          label="Each account has its own address"
          description="It is asked for when a client is entered."
          checked={own}
          onChange={(event) => base.set(event.currentTarget.checked ? null : example.text)}
        />
        {own ? (
          <TextField path="base.example" label="Example of an address" required mono address />
        ) : (
          <AddressField
            path="base.default"
            label="Base URL"
            required
            hint="What {base} stands for below, and what paths of the API follow."
            onWritten={example.set}
          />
        )}
        {own && (
          <TextField
            path="base.template"
            label="Form of the addresses"
            hint="Where endpoints are made of a part of it: https://{account}.app.example.com lets them contain {account}."
            mono
          />
        )}
        {own && <TextField path="base.hint" label="Hint" hint="What one has to know to fill it in." />}
        <AddressField
          path="endpoints.authorization"
          label="Authorization endpoint"
          required
          onWritten={(address) => address === '' && drafts.getState().set('endpoints.authorization', null)}
        />
        <AddressField path="endpoints.token" label="Token endpoint" required />
        <AddressField path="endpoints.revocation" label="Revocation endpoint" hint="Empty where it has none." />
        <AddressField
          path="endpoints.introspection"
          label="Introspection endpoint"
          hint="Says of a token whether it is active (RFC 7662). Empty where it has none."
        />
        <AddressField
          path="endpoints.deviceAuthorization"
          label="Device authorization endpoint"
          hint="For the grant device code."
        />
        <Further words="issuer, refresh endpoint, form of requests and answers, pushed authorization requests, form of the revocation">
          <AddressField
            path="endpoints.refresh"
            label="Refresh endpoint"
            hint="Where tokens are refreshed, if not at the token endpoint."
          />
          <WordsField
            path="endpoints.origins"
            label="Origins that a redirect may name"
            example="https://accounts.example.eu"
            hint="Where the token endpoint begins with {name}, a value that is kept: codes go to these origins and the base URL’s only."
          />
          <ChoiceField
            path="tokenRequest.encoding"
            label="Token requests are sent as"
            usual="form"
            options={[
              { value: 'form', label: 'A form (RFC 6749)' },
              { value: 'json', label: 'JSON' },
            ]}
          />
          <TokenResponseFields />
          <AddressField
            path="endpoints.pushedAuthorization"
            label="Pushed authorization request endpoint"
            hint="Where the service wants authorization requests sent first (RFC 9126)."
          />
          <AddressField
            path="issuer.url"
            label="Issuer"
            hint="Its issuer identifier, where it has one."
            onWritten={(url) => url === '' && drafts.getState().set('issuer', undefined)}
          />
          <FlagField path="issuer.inRedirect" label="Every redirect carries the issuer as iss" />
          <AddressField
            path="openid.jwksUri"
            label="Keys of the issuer"
            hint="Its jwks_uri, where it is an OpenID provider: ID tokens are verified with them."
          />
          <ChoiceField
            path="revocation.encoding"
            label="Revocation requests are sent as"
            usual="form"
            options={[
              { value: 'form', label: 'A form (RFC 7009)' },
              { value: 'json', label: 'JSON' },
            ]}
          />
        </Further>
      </div>
    </Section>
  )
}

const methods: ClientAuthentication[] = ['body', 'basic', 'basic-raw', 'none']

export function ClientFields() {
  const { document, problem, set } = useMember('clientAuthentication.allowed')
  const allowed = textsAt(document, 'clientAuthentication.allowed')
  return (
    <Section title="Clients">
      <div className={describeStyles.fields}>
        <Checkbox.Group
          label="Client authentication that it takes"
          error={problem}
          value={allowed}
          onChange={(chosen) => set(methods.filter((method) => chosen.includes(method)))}
        >
          <div className={classes.checks}>
            {methods.map((method) => (
              <Checkbox key={method} value={method} label={clientAuthenticationWords[method]} />
            ))}
          </div>
        </Checkbox.Group>
        <ChoiceField
          path="clientAuthentication.default"
          label="Begin with"
          usual="body"
          options={methods
            .filter((method) => allowed.includes(method))
            .map((method) => ({ value: method, label: clientAuthenticationWords[method] }))}
        />
        <TextField path="registration.steps" label="How a client is registered" required rows={2} />
        <AddressField path="registration.page" label="Page where clients are registered" />
        <AddressField path="registration.instancePage" label="The same at an instance of one’s own, if another" />
        <ChoiceField
          path="redirect.anyPort"
          label="Port of http://127.0.0.1"
          usual="unknown"
          options={[
            { value: 'yes', label: 'Matched on any port' },
            { value: 'no', label: 'Matched exactly' },
            { value: 'unknown', label: 'Not known' },
          ]}
        />
        <Further words="PKCE, out of band, page of grants">
          <ChoiceField
            path="pkce"
            label="PKCE"
            usual="S256"
            hint="plain only for a server that insists on it."
            options={[
              { value: 'S256', label: 'S256' },
              { value: 'plain', label: 'plain' },
            ]}
          />
          <TextField path="redirect.default" label="Redirect URI that clients are registered with" mono address />
          <FlagField path="redirect.outOfBand" label="It can show the code, to be pasted here" />
          <TextField path="redirect.note" label="Note on the redirect URI" />
          <AddressField path="grantsPage" label="Page where grants are revoked by hand" />
        </Further>
      </div>
    </Section>
  )
}
