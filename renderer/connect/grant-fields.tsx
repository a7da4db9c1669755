// What a grant asks of the person beyond scopes: whom it acts as, a password, where the tokens are to be used.
import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import type { Grant, Pkce, ServiceView } from '../../contract/service.ts'
import { Notice } from '../kit/notice.tsx'
import classes from './connect.module.css'
import type { ConnectDraft } from './connect-draft.ts'

interface GrantFieldsProps {
  service: ServiceView
  grant: Grant
  draft: ConnectDraft
  onChange: (change: Partial<ConnectDraft>) => void
}

const plain = { spellCheck: false, autoComplete: 'off', className: classes.monoInput }

/** The fields without which the grant does nothing. */
export function GrantFields({ service, grant, draft, onChange }: GrantFieldsProps) {
  return (
    <>
      {grant.inputs.map((input) => {
        const value = draft.answers[input.id] ?? ''
        const acting = input.actsAs && value !== '' ? `Acts as ${input.actsAs.replaceAll('{value}', value)}. ` : ''
        return (
          <TextInput
            {...plain}
            key={input.id}
            required
            withAsterisk={false}
            label={input.label}
            description={`${acting}${input.hint}`}
            placeholder={input.example}
            inputMode={input.format === 'number' ? 'numeric' : 'text'}
            value={value}
            onChange={(event) => onChange({ answers: { ...draft.answers, [input.id]: event.currentTarget.value } })}
          />
        )
      })}
      {grant.type === 'password' && (
        <>
          <Notice>
            You hand your password of {service.name} to Grantdesk. It is sent once, to the token endpoint, and not
            stored.
          </Notice>
          <TextInput
            {...plain}
            label="User name"
            value={draft.username}
            onChange={(event) => onChange({ username: event.currentTarget.value })}
          />
          <TextInput
            {...plain}
            type="password"
            label="Password"
            data-1p-ignore
            data-lpignore="true"
            value={draft.password}
            onChange={(event) => onChange({ password: event.currentTarget.value })}
          />
        </>
      )}
      {service.identity.length === 0 && (
        <TextInput
          {...plain}
          label="Test path"
          description={`${service.name} has no known way to ask whose a token is. A path of its API shows at least whether it works.`}
          placeholder="/api/…"
          value={draft.testPath}
          onChange={(event) => onChange({ testPath: event.currentTarget.value })}
        />
      )}
    </>
  )
}

const pkceWords: Record<Pkce, string> = {
  S256: 'S256',
  plain: 'plain, for a server that insists',
  off: 'off',
}

/** What few need, put away until it is asked for. */
export function FurtherFields({ grant, draft, onChange }: Omit<GrantFieldsProps, 'service'>) {
  const browses = grant.type === 'authorization_code' || grant.installation !== undefined
  return (
    <details className={classes.further}>
      <summary>Resource indicators, audience{browses ? ', PKCE' : ''}</summary>
      <div className={classes.section}>
        <Textarea
          {...plain}
          label="Resource indicators"
          description="RFC 8707: the addresses of the APIs that the tokens are for, one a line."
          autosize
          minRows={1}
          value={draft.resources}
          onChange={(event) => onChange({ resources: event.currentTarget.value })}
        />
        <TextInput
          {...plain}
          label="Audience"
          value={draft.audience}
          onChange={(event) => onChange({ audience: event.currentTarget.value })}
        />
        {browses && (
          <NativeSelect
            label="PKCE"
            description={draft.storedClientId === null ? 'Kept with the client.' : 'Change the client to change this.'}
            disabled={draft.storedClientId !== null}
            value={draft.form.pkce}
            onChange={(event) => onChange({ form: { ...draft.form, pkce: event.currentTarget.value as Pkce } })}
            data={Object.entries(pkceWords).map(([value, label]) => ({ value, label }))}
          />
        )}
        {browses && draft.form.pkce === 'off' && (
          <Notice>
            Without PKCE whoever reads the redirect could use its code. Only for a server that refuses it.
          </Notice>
        )}
      </div>
    </details>
  )
}
