// A token or key that the person hands over: where it is for, the token itself, the day on which it ends. What is typed
// here leaves with the call and is then forgotten.
import { Checkbox, TextInput } from '@mantine/core'
import type { Grant, ServiceView } from '../../contract/service.ts'
import { PastedField } from '../kit/pasted-field.tsx'
import type { ConnectDraft } from './connect-draft.ts'
import { optionClasses, plainField } from './field-looks.ts'
import { lowered } from './grant-words.ts'
import { BaseUrl } from './registration.tsx'
import stepStyles from './step.module.css'
import classes from './token-fields.module.css'
import type { TokenForm, TokenProblems } from './token-form.ts'

interface TokenFieldsProps {
  service: ServiceView
  grant: Grant
  draft: ConnectDraft
  problems: TokenProblems & { baseUrl?: string }
  onBaseUrl: (baseUrl: string) => void
  onChange: (token: TokenForm) => void
}

export function TokenFields({ service, grant, draft, problems, onBaseUrl, onChange }: TokenFieldsProps) {
  const { token, form, reconnect } = draft
  return (
    <section className={stepStyles.section}>
      {reconnect === null && (
        <BaseUrl service={service} value={form.baseUrl} problem={problems.baseUrl} onChange={onBaseUrl} />
      )}
      <PastedField
        kind="key"
        secret
        {...plainField}
        label={reconnect === null ? grant.name : `New ${lowered(grant.name)}`}
        description="Sealed in the vault, and shown again only when you ask for it."
        error={problems.value}
        value={token.value}
        onValue={(value) => onChange({ ...token, value })}
      />
      <div>
        <TextInput
          type="date"
          label="Ends on"
          className={classes.date}
          description={lifetimeWords(grant)}
          disabled={token.endless}
          error={problems.ends}
          value={token.endless ? '' : token.ends}
          onChange={(event) => onChange({ ...token, ends: event.currentTarget.value })}
        />
        <Checkbox
          mt={6}
          classNames={optionClasses}
          label="It does not end"
          checked={token.endless}
          onChange={(event) => onChange({ ...token, endless: event.currentTarget.checked })}
        />
      </div>
    </section>
  )
}

function lifetimeWords({ tokenLifetime }: Grant): string {
  if (tokenLifetime === undefined) return 'You are reminded before.'
  const days = Math.round(tokenLifetime / 86_400)
  const life = days % 365 === 0 ? (days === 365 ? 'a year' : `${days / 365} years`) : `${days} days`
  return `It lives ${life}; set the day back if it was made earlier. You are reminded before.`
}
