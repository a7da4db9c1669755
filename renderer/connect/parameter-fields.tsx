// Extra parameters of the request that begins the grant: those the service always gets, and the person's own.
import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import classes from './connect.module.css'
import type { Parameter } from './connect-draft.ts'
import details from './details.module.css'

interface ParameterFieldsProps {
  /** Sent by the service's description; they are shown and not changed. */
  fixed: Record<string, string>
  /** Whether PKCE and state go with them. */
  proofs: boolean
  parameters: Parameter[]
  onChange: (parameters: Parameter[]) => void
}

export function ParameterFields({ fixed, proofs, parameters, onChange }: ParameterFieldsProps) {
  const always = Object.entries(fixed)
  function change(key: string, next: Partial<Parameter>) {
    onChange(parameters.map((one) => (one.key === key ? { ...one, ...next } : one)))
  }
  return (
    <div>
      <div className={details.fieldsHead}>
        <span className={classes.label}>Extra parameters</span>
        <span className={classes.spacer} />
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconPlus size={13} aria-hidden />}
          onClick={() => onChange([...parameters, { key: crypto.randomUUID(), name: '', value: '' }])}
        >
          Add parameter
        </Button>
      </div>
      {always.length > 0 && (
        <p className={classes.hint}>
          Always sent: <code>{always.map(([name, value]) => `${name}=${value}`).join(' ')}</code>
        </p>
      )}
      {always.length === 0 && parameters.length === 0 && (
        <p className={classes.hint}>None.{proofs && ' What PKCE and state need is sent by itself.'}</p>
      )}
      {parameters.map((parameter, index) => (
        <div className={details.parameter} key={parameter.key}>
          <TextInput
            size="xs"
            aria-label={`Parameter ${index + 1}`}
            placeholder="Name"
            spellCheck={false}
            className={classes.monoInput}
            value={parameter.name}
            onChange={(event) => change(parameter.key, { name: event.currentTarget.value })}
          />
          <TextInput
            size="xs"
            aria-label={`Parameter ${index + 1} value`}
            placeholder="Value"
            spellCheck={false}
            className={classes.monoInput}
            value={parameter.value}
            onChange={(event) => change(parameter.key, { value: event.currentTarget.value })}
          />
          <ActionIcon
            aria-label={`Delete parameter ${index + 1}`}
            onClick={() => onChange(parameters.filter((one) => one.key !== parameter.key))}
          >
            <IconTrash size={15} aria-hidden />
          </ActionIcon>
        </div>
      ))}
    </div>
  )
}
