// What a grant asks of the person beyond scopes, and what a service asks that cannot say whose a token is.
import { TextInput } from '@mantine/core'
import type { Grant, ServiceView } from '../../contract/service.ts'
import { Notice } from '../kit/notice.tsx'
import { PastedField } from '../kit/pasted-field.tsx'
import textStyles from '../kit/text.module.css'
import type { ConnectDraft } from './connect-draft.ts'
import type { DetailProblems } from './detail-problems.ts'
import { plainField } from './field-looks.ts'
import classes from './grant-fields.module.css'
import { actingAs } from './grant-words.ts'
import stepStyles from './step.module.css'

interface GrantFieldsProps {
  service: ServiceView
  grant: Grant
  draft: ConnectDraft
  problems: DetailProblems
  onChange: (change: Partial<ConnectDraft>) => void
}

/** The fields without which the grant does nothing. */
export function GrantFields({ service, grant, draft, problems, onChange }: GrantFieldsProps) {
  const acting = actingAs(grant, draft.answers)
  const answer = (input: Grant['inputs'][number], value: string) =>
    onChange({ answers: { ...draft.answers, [input.id]: value } })
  return (
    <>
      {grant.installation && (
        <>
          <p className={textStyles.quiet}>
            The browser opens to install the app in a workspace. The tokens act as the app’s own bot there, not as you.
          </p>
          <PastedField
            kind="id"
            {...plainField}
            label="Installed already"
            description={`Where the app was installed from ${service.name}’s side: the address that the browser ended at, or the installation’s id. No browser opens then.`}
            placeholder={`https://…?${grant.installation.parameter}=…`}
            value={draft.installation}
            onValue={(installation) => onChange({ installation })}
          />
          {draft.installation.trim() !== '' && (
            <Notice>
              Nothing shows who began this installation. The connection acts where it was made: use an address of your
              own, and check the workspace that is named afterwards.
            </Notice>
          )}
        </>
      )}
      {grant.inputs.map((input) => (
        <PastedField
          kind="id"
          {...plainField}
          key={input.id}
          required
          withAsterisk={false}
          label={input.label}
          description={input.hint || undefined}
          placeholder={input.example && `Such as ${input.example}`}
          inputMode={input.format === 'number' ? 'numeric' : 'text'}
          error={problems.answers[input.id]}
          value={draft.answers[input.id] ?? ''}
          onValue={(value) => answer(input, value)}
        />
      ))}
      {acting !== null && (
        <p role="status" className={classes.acting}>
          Acts as <strong>{acting}</strong>
        </p>
      )}
      {grant.type === 'password' && (
        <>
          <Notice>
            You hand your {service.name} password to Grantdesk. It is used once, at the token endpoint, and never
            stored.
          </Notice>
          <div className={stepStyles.pair}>
            <PastedField
              kind="username"
              {...plainField}
              label="User name"
              error={problems.username}
              value={draft.username}
              onValue={(username) => onChange({ username })}
            />
            <PastedField
              kind="password"
              secret
              {...plainField}
              label="Password"
              error={problems.password}
              value={draft.password}
              onValue={(password) => onChange({ password })}
            />
          </div>
        </>
      )}
    </>
  )
}

type NamingFieldsProps = Omit<GrantFieldsProps, 'grant'>

/** For a service that cannot say whose a token is: a name, and a path that shows at least whether the token works. */
export function NamingFields({ service, draft, problems, onChange }: NamingFieldsProps) {
  return (
    <>
      {draft.reconnect === null && (
        <ConnectionName
          description={`${service.name} has no known way to ask whose a token is, so you name the connection.`}
          value={draft.name}
          problem={problems.name}
          onChange={(name) => onChange({ name })}
        />
      )}
      <PastedField
        kind="id"
        {...plainField}
        label="Test path"
        description="Optional: a path of the API that shows whether the token works. Grantdesk asks it now, and after a revocation."
        placeholder="/api/…"
        error={problems.testPath}
        value={draft.testPath}
        onValue={(testPath) => onChange({ testPath })}
      />
    </>
  )
}

interface ConnectionNameProps {
  description?: string
  value: string
  problem?: string | undefined
  onChange: (name: string) => void
}

export function ConnectionName({ description, value, problem, onChange }: ConnectionNameProps) {
  return (
    <TextInput
      label="Name of the connection"
      description={description}
      placeholder={description === undefined ? 'Optional; otherwise the account names it' : undefined}
      maxLength={80}
      autoComplete="off"
      error={problem}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
