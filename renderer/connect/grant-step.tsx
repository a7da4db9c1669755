// Step 3: which grant, which scopes, and whatever else the authorization request is to carry.
import { Button, Checkbox, Radio, TextInput } from '@mantine/core'
import type { FormEvent } from 'react'
import type { ServiceView } from '../../contract/service.ts'
import classes from './connect.module.css'
import type { ConnectDraft } from './connect-draft.ts'
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
  const browses = grant?.type === 'authorization_code'

  function submit(event: FormEvent) {
    event.preventDefault()
    onConnect()
  }

  return (
    <form className={classes.form} autoComplete="off" onSubmit={submit}>
      <div className={classes.body}>
        <Radio.Group label="Grant" value={draft.grantId} onChange={(grantId) => onChange({ grantId })}>
          <div className={classes.choices}>
            {service.grants.map((one) => (
              <Radio
                key={one.id}
                size="xs"
                classNames={optionClasses}
                value={one.id}
                label={one.name}
                description={one.description || undefined}
              />
            ))}
          </div>
        </Radio.Group>
        <ScopePicker service={service} chosen={draft.scopes} onChange={(scopes) => onChange({ scopes })} />
        <ParameterFields
          fixed={grant?.authorizationParameters ?? {}}
          parameters={draft.parameters}
          onChange={(parameters) => onChange({ parameters })}
        />
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
        <Button type="submit" loading={pending} disabled={grant === undefined}>
          Connect
        </Button>
      </footer>
    </form>
  )
}
