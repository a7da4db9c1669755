// The exact redirect URI to register, and the choice behind it: a fixed port, any free one, or a code to paste.
import { Button, NumberInput, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { redirectUriToRegister } from '../../contract/client.ts'
import type { ServiceView } from '../../contract/service.ts'
import { CopyText } from '../kit/copy-text.tsx'
import textStyles from '../kit/text.module.css'
import { type ClientForm, type ClientFormProblems, redirectOf } from './client-form.ts'
import classes from './redirect-fields.module.css'
import stepStyles from './step.module.css'

interface RedirectFieldsProps {
  service: ServiceView
  form: ClientForm
  problems: ClientFormProblems
  /** The redirect has to bring more than a code, which nobody could paste. */
  installs: boolean
  onChange: (form: Partial<ClientForm>) => void
}

const modes: { value: ClientForm['redirectMode']; label: string }[] = [
  { value: 'fixed', label: 'Fixed port' },
  { value: 'ephemeral', label: 'Any free port' },
  { value: 'out_of_band', label: 'Paste the code' },
]

export function RedirectFields({ service, form, problems, installs, onChange }: RedirectFieldsProps) {
  const { redirectMode } = form
  const [others, setOthers] = useState(false)
  const pastes = (service.redirect.outOfBand || others || redirectMode === 'out_of_band') && !installs
  return (
    <>
      <RedirectUri uri={redirectUriToRegister(redirectOf(form))} />
      <div className={classes.ports}>
        <SegmentedControl
          aria-label="Redirect URI"
          value={redirectMode}
          onChange={(mode) => onChange({ redirectMode: mode as ClientForm['redirectMode'] })}
          data={pastes ? modes : modes.slice(0, 2)}
        />
        {redirectMode === 'fixed' && (
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
        {!pastes && !installs && (
          <Button size="compact-sm" variant="subtle" onClick={() => setOthers(true)}>
            Other
          </Button>
        )}
      </div>
      <p className={textStyles.hint}>{portWords(service, redirectMode)}</p>
    </>
  )
}

function portWords({ name, redirect }: ServiceView, mode: ClientForm['redirectMode']): string {
  const words = {
    fixed: 'Registered with this port, character for character.',
    ephemeral: {
      yes: `${name} takes any port of 127.0.0.1: it is registered without one.`,
      no: `${name} matches the redirect URI exactly and will refuse any other port.`,
      unknown: `Whether ${name} takes any port is not known; if it refuses, choose a fixed one.`,
    }[redirect.anyPort],
    out_of_band: redirect.outOfBand
      ? `${name} shows the code after you allow the access, and you paste it here. Nothing listens.`
      : `Whether ${name} can show the code is not known. You paste it, or the address that you are sent to.`,
  }[mode]
  return redirect.note === '' ? words : `${words} ${redirect.note}`
}

/** The redirect URI as it has to stand at the service, to be copied. */
export function RedirectUri({ uri }: { uri: string }) {
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
