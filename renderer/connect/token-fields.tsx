// A token or key that the person hands over: where it is for, how it is sent, when it ends. What is typed here leaves with
// the call and is then forgotten.
import { TextInput } from '@mantine/core'
import type { Grant, ServiceView } from '../../contract/service.ts'
import classes from './connect.module.css'
import type { ConnectDraft, TokenForm } from './connect-draft.ts'

export type TokenProblems = Partial<Record<'baseUrl' | 'value' | 'header', string>>

interface TokenFieldsProps {
  service: ServiceView
  grant: Grant
  draft: ConnectDraft
  problems: TokenProblems
  onBaseUrl: (baseUrl: string) => void
  onChange: (token: TokenForm) => void
}

export function TokenFields({ service, grant, draft, problems, onBaseUrl, onChange }: TokenFieldsProps) {
  const { token, form } = draft
  const plain = { spellCheck: false, autoComplete: 'off', className: classes.monoInput }
  return (
    <section className={classes.section}>
      <h2>
        {grant.name} of {service.name}
      </h2>
      <TextInput
        {...plain}
        label="Base URL"
        description={service.base.hint || undefined}
        placeholder={service.base.example}
        inputMode="url"
        error={problems.baseUrl}
        value={form.baseUrl}
        onChange={(event) => onBaseUrl(event.currentTarget.value)}
      />
      <TextInput
        {...plain}
        type="password"
        label={grant.name}
        description="Sealed in the vault. It is shown again only when you ask for it."
        error={problems.value}
        data-1p-ignore
        data-lpignore="true"
        value={token.value}
        onChange={(event) => onChange({ ...token, value: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        label="Ends on"
        description={
          grant.tokenLifetime === undefined
            ? 'Leave empty if it does not end. Grantdesk reminds you before.'
            : 'A year from today; set the day if it was made earlier. Grantdesk reminds you before.'
        }
        value={token.ends}
        onChange={(event) => onChange({ ...token, ends: event.currentTarget.value })}
      />
      <div className={classes.parameter}>
        <TextInput
          {...plain}
          label="Header"
          error={problems.header}
          value={token.header}
          onChange={(event) => onChange({ ...token, header: event.currentTarget.value })}
        />
        <TextInput
          {...plain}
          label="Prefix"
          placeholder="none"
          value={token.prefix}
          onChange={(event) => onChange({ ...token, prefix: event.currentTarget.value })}
        />
      </div>
    </section>
  )
}
