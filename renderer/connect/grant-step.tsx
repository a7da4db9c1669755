// Step 3: what the grant asks, which scopes, and, put away, whatever else the request is to carry.
import { Button, Checkbox } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import type { ServiceView } from '../../contract/service.ts'
import type { ConnectDraft } from './connect-draft.ts'
import { type DetailProblems, detailProblems, isSound } from './detail-problems.ts'
import { optionClasses } from './field-looks.ts'
import { FurtherFields } from './further-fields.tsx'
import { ConnectionName, GrantFields, NamingFields } from './grant-fields.tsx'
import classes from './grant-step.module.css'
import { browses } from './grant-words.ts'
import { ScopePicker } from './scope-picker.tsx'
import { SendingFields } from './sending-fields.tsx'
import stepStyles from './step.module.css'

interface GrantStepProps {
  service: ServiceView
  draft: ConnectDraft
  pending: boolean
  onChange: (change: Partial<ConnectDraft>) => void
  onConnect: () => void
  onClose: () => void
}

const noProblems: DetailProblems = { answers: {}, resources: {} }

export function GrantStep({ service, draft, pending, onChange, onConnect, onClose }: GrantStepProps) {
  const grant = service.grants.find((one) => one.id === draft.grantId)
  const [checked, setChecked] = useState(false)
  const [opened, setOpened] = useState(false)
  const problems = detailProblems(draft, service, grant)
  const shown = checked ? problems : noProblems

  function submit(event: FormEvent) {
    event.preventDefault()
    setChecked(true)
    if (Object.keys(problems.resources).length > 0) setOpened(true)
    if (grant && isSound(problems)) onConnect()
  }

  return (
    <form className={stepStyles.form} noValidate autoComplete="off" onSubmit={submit}>
      <div className={stepStyles.body}>
        {grant === undefined && (
          <p role="alert">{service.name} has no such grant any more. Go back and choose another one.</p>
        )}
        {grant && service.grants.length > 1 && (
          <div className={classes.taken}>
            <p>
              Grant: <strong>{grant.name}</strong>
            </p>
            <Button size="compact-xs" variant="subtle" onClick={() => onChange({ step: 'client' })}>
              Choose another way in
            </Button>
          </div>
        )}
        {grant && <GrantFields service={service} grant={grant} draft={draft} problems={shown} onChange={onChange} />}
        {service.identity.length === 0 && (
          <NamingFields service={service} draft={draft} problems={shown} onChange={onChange} />
        )}
        {grant?.type === 'static_token' ? (
          <>
            <SendingFields token={draft.token} problems={shown} onChange={(token) => onChange({ token })} />
            {draft.reconnect === null && service.identity.length > 0 && (
              <ConnectionName value={draft.name} onChange={(name) => onChange({ name })} />
            )}
          </>
        ) : (
          <ScopePicker service={service} chosen={draft.scopes} onChange={(scopes) => onChange({ scopes })} />
        )}
        {grant && grant.type !== 'static_token' && (
          <FurtherFields
            service={service}
            grant={grant}
            draft={draft}
            problems={shown}
            opened={opened}
            onOpened={setOpened}
            onChange={onChange}
          />
        )}
        {browses(grant) && (
          <Checkbox
            classNames={optionClasses}
            label="Open this computer’s browser"
            description={
              grant?.type === 'device_code'
                ? 'Without it you open the address yourself, on any device.'
                : 'Without it you get the address to open elsewhere, and paste the code here.'
            }
            checked={draft.openBrowser}
            onChange={(event) => onChange({ openBrowser: event.currentTarget.checked })}
          />
        )}
      </div>
      <footer className={stepStyles.foot}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <span className={stepStyles.spacer} />
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
