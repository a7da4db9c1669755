// Extra parameters of a grant's requests: those the service always gets, and the person's own, each with the requests it is for.
import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { beginsElsewhere, type Grant } from '../../contract/service.ts'
import classes from './connect.module.css'
import type { Parameter, ParameterPlace } from './connect-draft.ts'
import details from './details.module.css'
import { redirects } from './grant-words.ts'

interface ParameterFieldsProps {
  /** What its description always sends is shown and not changed. */
  grant: Grant
  parameters: Parameter[]
  onChange: (parameters: Parameter[]) => void
}

const beginningWords = (grant: Grant) =>
  grant.type === 'device_code' ? 'Request for the user code' : 'Authorization request'

export function ParameterFields({ grant, parameters, onChange }: ParameterFieldsProps) {
  const chooses = beginsElsewhere(grant)
  const places: { value: ParameterPlace; label: string }[] = [
    { value: 'beginning', label: beginningWords(grant) },
    { value: 'token', label: 'Token requests' },
    { value: 'every', label: 'Every request' },
  ]
  const always = [
    ...(chooses ? written(grant.authorizationParameters, beginningWords(grant)) : []),
    ...written(grant.tokenParameters, 'token requests'),
  ]
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
          onClick={() =>
            onChange([...parameters, { key: crypto.randomUUID(), name: '', value: '', place: 'beginning' }])
          }
        >
          Add parameter
        </Button>
      </div>
      {always.length > 0 && (
        <p className={classes.hint}>
          Always sent: <code>{always.join(' ')}</code>
        </p>
      )}
      {always.length === 0 && parameters.length === 0 && (
        <p className={classes.hint}>None.{redirects(grant) && ' What PKCE and state need is sent by itself.'}</p>
      )}
      {parameters.map((parameter, index) => (
        <div className={details.parameter} data-placed={chooses || undefined} key={parameter.key}>
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
          {chooses && (
            <NativeSelect
              size="xs"
              aria-label={`Parameter ${index + 1} goes with`}
              data={places}
              value={parameter.place}
              onChange={(event) => change(parameter.key, { place: event.currentTarget.value as ParameterPlace })}
            />
          )}
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

function written(parameters: Record<string, string>, where: string): string[] {
  return Object.entries(parameters).map(([name, value]) => `${name}=${value} (${where.toLowerCase()})`)
}
