// Extra parameters of a grant's requests: those the service always gets, and the person's own, each with the requests it is for.
import { ActionIcon, Button, NativeSelect, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { beginsElsewhere, type Grant } from '../../contract/service.ts'
import textStyles from '../kit/text.module.css'
import type { Parameter, ParameterPlace } from './connect-draft.ts'
import lookStyles from './field-looks.module.css'
import { redirects } from './grant-words.ts'
import classes from './parameter-fields.module.css'
import stepStyles from './step.module.css'

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
      <div className={stepStyles.fieldsHead}>
        <span className={stepStyles.label}>Extra parameters</span>
        <span className={stepStyles.spacer} />
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
        <p className={textStyles.hint}>
          Always sent: <code>{always.join(' ')}</code>
        </p>
      )}
      {always.length === 0 && parameters.length === 0 && (
        <p className={textStyles.hint}>None.{redirects(grant) && ' What PKCE and state need is sent by itself.'}</p>
      )}
      {parameters.map((parameter, index) => (
        <div className={classes.parameter} data-placed={chooses || undefined} key={parameter.key}>
          <TextInput
            size="xs"
            aria-label={`Parameter ${index + 1}`}
            placeholder="Name"
            spellCheck={false}
            className={lookStyles.monoInput}
            value={parameter.name}
            onChange={(event) => change(parameter.key, { name: event.currentTarget.value })}
          />
          <TextInput
            size="xs"
            aria-label={`Parameter ${index + 1} value`}
            placeholder="Value"
            spellCheck={false}
            className={lookStyles.monoInput}
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
