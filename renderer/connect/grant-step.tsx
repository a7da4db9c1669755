// Step 3: which scopes, what the grant asks, and whatever else the authorization request is to carry.
import { Button, Checkbox, TextInput } from '@mantine/core'
import type { FormEvent } from 'react'
import type { ServiceView } from '../../contract/service.ts'
import classes from './connect.module.css'
import { type ConnectDraft, grantProblem } from './connect-draft.ts'
import { FurtherFields, GrantFields } from './grant-fields.tsx'
import { ParameterFields } from './parameter-fields.tsx'
import { ScopePicker } from './scope-picker.tsx'

const optionClasses = { label: classes.optionLabel, description: classes.optionWords, inner: classes.optionInner }

interface GrantStepProps {
  service: ServiceView
  draft: ConnectDraft
  pending: boolean
  onChange: (change: Partial<ConnectDraft>) => void
  onConnect: () => void
  onClose: () => void
}

export function GrantStep({ service, draft, pending, onChange, onConnect, onClose }: GrantStepProps) {
  const grant = service.grants.find((one) => one.id === draft.grantId)
  const browses = grant?.type === 'authorization_code' || grant?.type === 'device_code' || grant?.installation
  const problem = grantProblem(draft, grant)

  function submit(event: FormEvent) {
    event.preventDefault()
    if (problem === null) onConnect()
  }

  return (
    <form className={classes.form} autoComplete="off" onSubmit={submit}>
      <div className={classes.body}>
        {grant && service.grants.length > 1 && <ChosenWay name={grant.name} onChange={onChange} />}
        {grant && <GrantFields service={service} grant={grant} draft={draft} onChange={onChange} />}
        {grant?.type !== 'static_token' && (
          <>
            <ScopePicker service={service} chosen={draft.scopes} onChange={(scopes) => onChange({ scopes })} />
            <ParameterFields
              fixed={grant?.authorizationParameters ?? {}}
              parameters={draft.parameters}
              onChange={(parameters) => onChange({ parameters })}
            />
            {grant && <FurtherFields grant={grant} draft={draft} onChange={onChange} />}
          </>
        )}
        {draft.reconnect === null && (
          <TextInput
            label="Name of the connection"
            placeholder="Optional; otherwise the account names it"
            maxLength={80}
            value={draft.name}
            onChange={(event) => onChange({ name: event.currentTarget.value })}
          />
        )}
        {browses && (
          <Checkbox
            classNames={optionClasses}
            label="Open this computer’s browser"
            description="Without it you get the address to open elsewhere, and paste the code here."
            checked={draft.openBrowser}
            onChange={(event) => onChange({ openBrowser: event.currentTarget.checked })}
          />
        )}
      </div>
      <footer className={classes.foot}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <span className={classes.spacer} />
        <Button variant="default" onClick={() => onChange({ step: 'client' })}>
          Back
        </Button>
        <Button type="submit" loading={pending} disabled={problem !== null} title={problem ?? undefined}>
          Connect
        </Button>
      </footer>
    </form>
  )
}

function ChosenWay({ name, onChange }: { name: string; onChange: GrantStepProps['onChange'] }) {
  return (
    <div className={classes.where}>
      <p>
        Grant: <strong>{name}</strong>
      </p>
      <Button size="xs" variant="default" onClick={() => onChange({ step: 'client' })}>
        Choose another way in
      </Button>
    </div>
  )
}
